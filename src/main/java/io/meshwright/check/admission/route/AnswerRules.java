package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.PortRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Answers that the proxy gives itself: redirects and direct responses. */
final class AnswerRules {
    private static final List<String> PARTS = List.of("uri", "prefixRewrite", "authority", "scheme");
    private static final int KILOBYTE = 1024;
    private static final int LARGE = 100 * KILOBYTE;
    private static final int TOO_LARGE = KILOBYTE * KILOBYTE;
    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=))?");

    private AnswerRules() {}

    /** {@code matches} are those of its route. */
    static void redirect(Field redirect, List<Field> matches) {
        if (!redirect.isSet()) {
            return;
        }
        prefix(redirect, matches);
        boolean says = PARTS.stream().anyMatch(part -> !redirect.at(part).isEmpty())
                || redirect.at("port").isSet()
                || redirect.at("derivePort").isSet();
        if (!says) {
            redirect.refuse("the redirect leads to where it came from", "Write uri, authority, scheme or port.");
        }
        long code = redirect.at("redirectCode").number();
        if (code != 0 && (code < 300 || code > 399)) {
            redirect.at("redirectCode")
                    .refuse("%d is no status of a redirect".formatted(code), "Write 301, 302, 303, 307 or 308.");
        }
        Field scheme = redirect.at("scheme");
        if (!scheme.isEmpty() && !Set.of("http", "https").contains(scheme.text())) {
            scheme.refuse("\"%s\" is no scheme".formatted(scheme.text()), "Write http or https.");
        }
        PortRules.numberIfSet(redirect.at("port"));
    }

    /** The text that it puts in the place of the part that matched. */
    private static void prefix(Field redirect, List<Field> matches) {
        Field prefix = redirect.at("prefixRewrite");
        if (prefix.isEmpty() || !prefix.version().rewritesPrefixesOfRedirects()) {
            return;
        }
        if (!redirect.at("uri").isEmpty()) {
            prefix.refuse("the redirect says uri as well", "Write either uri or prefixRewrite.");
        }
        matches.stream()
                .map(match -> match.at("uri"))
                .filter(uri -> uri.isSet() && !uri.at("prefix").isSet())
                .findFirst()
                .ifPresent(uri -> prefix.refuse(
                        "the route matches paths by something else than a prefix", "Write uri.prefix in each match."));
    }

    static void direct(Field response) {
        if (!response.isSet()) {
            return;
        }
        status(response.at("status"));
        Field body = response.at("body");
        Field bytes = body.at("bytes");
        if (!BASE64.matcher(bytes.text()).matches()) {
            bytes.refuse("\"%s\" is no base64".formatted(bytes.text()), "Encode the bytes, or write string.");
        }
        int size = bytes.isSet()
                ? bytes.text().replace("=", "").length() * 3 / 4
                : body.at("string").text().getBytes(StandardCharsets.UTF_8).length;
        if (size > TOO_LARGE) {
            body.refuse("the body has %d bytes".formatted(size), "Serve what is larger than 1 MB by a service.");
        } else if (size > LARGE) {
            body.warn(
                    "the body of %d bytes is sent to every proxy with its routes".formatted(size),
                    "Serve what is larger than 100 kB by a service.");
        }
    }

    static void status(Field status) {
        if (status.number() < 200 || status.number() > 600) {
            status.refuse("%d is no status of an answer".formatted(status.number()), "Write a status from 200 to 599.");
        }
    }
}
