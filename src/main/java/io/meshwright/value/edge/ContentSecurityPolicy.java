package io.meshwright.value.edge;

import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what a browser would pass over in a Content-Security-Policy without a word (w3.org, CSP Level 3). */
final class ContentSecurityPolicy {
    private static final Set<String> DIRECTIVES = new TreeSet<>(Set.of(
            "base-uri",
            "block-all-mixed-content",
            "child-src",
            "connect-src",
            "default-src",
            "fenced-frame-src",
            "font-src",
            "form-action",
            "frame-ancestors",
            "frame-src",
            "img-src",
            "manifest-src",
            "media-src",
            "object-src",
            "report-to",
            "report-uri",
            "require-trusted-types-for",
            "sandbox",
            "script-src",
            "script-src-attr",
            "script-src-elem",
            "style-src",
            "style-src-attr",
            "style-src-elem",
            "trusted-types",
            "upgrade-insecure-requests",
            "worker-src"));
    // Without its quotes each of these is the name of a host.
    private static final Set<String> KEYWORDS = Set.of(
            "self",
            "none",
            "unsafe-inline",
            "unsafe-eval",
            "unsafe-hashes",
            "strict-dynamic",
            "report-sample",
            "wasm-unsafe-eval");

    /** Directives of sources that are not called so (CSP 3, 6.3 and 6.4). */
    private static final Set<String> SOURCES = Set.of("base-uri", "form-action", "frame-ancestors");

    private ContentSecurityPolicy() {}

    static void refuse(String key, @Nullable String policy) {
        if (policy == null) {
            return;
        }
        refuseText(key, policy);
        Set<String> seen = new HashSet<>();
        Stream.of(policy.split(";"))
                .map(String::strip)
                .filter(directive -> !directive.isEmpty())
                .forEach(directive -> directive(key, List.of(directive.split(" +")), seen));
    }

    private static void directive(String key, List<String> words, Set<String> seen) {
        String name = words.get(0).toLowerCase(Locale.ROOT);
        Require.that(
                DIRECTIVES.contains(name),
                key,
                "%s is no directive, and browsers pass it over".formatted(Plain.quoted(name)),
                "use one of %s".formatted(String.join(", ", DIRECTIVES)));
        Require.that(
                seen.add(name),
                key,
                "has \"%s\" twice, and browsers read the first alone".formatted(name),
                "write it once");
        boolean listsSources = name.endsWith("-src") || name.contains("-src-") || SOURCES.contains(name);
        words.stream()
                .skip(1)
                .forEach(word -> Require.that(
                        !listsSources || !KEYWORDS.contains(word.toLowerCase(Locale.ROOT)),
                        key,
                        "%s without quotes is the name of a host".formatted(Plain.quoted(word)),
                        "write '".concat(word).concat("'")));
    }

    /** Refuses what is no value of a header, or what Envoy would read as an operator. */
    static void refuseText(String key, @Nullable String text) {
        Require.that(
                text == null || text.matches("[ -~]*[!-~][ -~]*"),
                key,
                "is empty, or has characters that no header may have",
                "write ASCII on one line, in YAML with >- over several");
        // Envoy puts values of its own in the place of %...% (envoyproxy.io, custom request/response headers).
        Require.that(
                text == null || !text.contains("%"),
                key,
                "has a %, which Envoy reads as the beginning of an operator",
                "leave it out");
    }
}
