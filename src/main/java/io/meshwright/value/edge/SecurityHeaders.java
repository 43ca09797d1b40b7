package io.meshwright.value.edge;

import io.meshwright.value.Doc;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Headers by which answers tell browsers what they may do; a service's own values of them are replaced. What is not
 * given here is what a wider place says, and at last the default (owasp.org, HTTP Headers Cheat Sheet).
 */
@Doc("Headers that tell browsers what they may do, in place of a service's own; {} gives the defaults.")
@Sample("{}")
public record SecurityHeaders(
        @Nullable @Doc("Browsers come by HTTPS alone; default: for 8760h, where clients come by HTTPS.")
        TransportSecurity strictTransportSecurity,

        @Nullable
        @Doc("What a page may load and who may frame it; none leaves the header out; default: none.")
        @Sample("default-src 'self'")
        String contentSecurityPolicy,

        @Nullable
        @Doc("The same, only reported by browsers; none leaves the header out; default: none.")
        @Sample("default-src 'self'")
        String contentSecurityPolicyReportOnly,

        @Nullable @Doc("Default nosniff: the type of an answer is what its header says.")
        ContentTypeOptions contentTypeOptions,

        @Nullable
        @Doc("Who may show pages in a frame; default SAMEORIGIN, or none beside a policy with frame-ancestors.")
        FrameOptions frameOptions,

        @Nullable @Doc("What of a page's address others learn from links; default strict-origin-when-cross-origin.")
        ReferrerPolicy referrerPolicy,

        @Nullable
        @Doc("Which abilities of the browser a page has; none leaves the header out; default: none.")
        @Sample("camera=(), microphone=()")
        String permissionsPolicy,

        @Nullable @Doc("Who shares a group of windows with a page; default: none.")
        CrossOriginOpenerPolicy crossOriginOpenerPolicy,

        @Nullable @Doc("Who may load answers into pages; default: none.")
        CrossOriginResourcePolicy crossOriginResourcePolicy) {
    private static final String NONE = "none";
    private static final String ABILITIES = "[a-z-]+=(\\*|\\([^()]*\\))(, *[a-z-]+=(\\*|\\([^()]*\\)))*";
    private static final String POLICY = "content-security-policy";

    public SecurityHeaders {
        ContentSecurityPolicy.refuse("contentSecurityPolicy", policy(contentSecurityPolicy));
        ContentSecurityPolicy.refuse("contentSecurityPolicyReportOnly", policy(contentSecurityPolicyReportOnly));
        ContentSecurityPolicy.refuseText("permissionsPolicy", policy(permissionsPolicy));
        String abilities = policy(permissionsPolicy);
        Require.that(
                abilities == null || abilities.matches(ABILITIES),
                "permissionsPolicy",
                "%s is no list of abilities".formatted(Plain.quoted(String.valueOf(abilities))),
                "write such as camera=(), geolocation=(self)");
    }

    /** The defaults. */
    public static SecurityHeaders defaults() {
        return new SecurityHeaders(null, null, null, null, null, null, null, null, null);
    }

    /** The same, where what is not said here is as the wider place says. */
    public SecurityHeaders over(@Nullable SecurityHeaders wider) {
        return wider == null
                ? this
                : new SecurityHeaders(
                        nearest(strictTransportSecurity, wider.strictTransportSecurity),
                        nearest(contentSecurityPolicy, wider.contentSecurityPolicy),
                        nearest(contentSecurityPolicyReportOnly, wider.contentSecurityPolicyReportOnly),
                        nearest(contentTypeOptions, wider.contentTypeOptions),
                        nearest(frameOptions, wider.frameOptions),
                        nearest(referrerPolicy, wider.referrerPolicy),
                        nearest(permissionsPolicy, wider.permissionsPolicy),
                        nearest(crossOriginOpenerPolicy, wider.crossOriginOpenerPolicy),
                        nearest(crossOriginResourcePolicy, wider.crossOriginResourcePolicy));
    }

    /** The same for clients that come in plain text, of whom nobody asks for HTTPS (RFC 6797, 7.2). */
    public SecurityHeaders inPlainText() {
        return new SecurityHeaders(TransportSecurity.off(), null, null, null, null, null, null, null, null).over(this);
    }

    /** The headers by name, in small letters. */
    public SortedMap<String, String> headers() {
        SortedMap<String, String> headers = new TreeMap<>();
        TransportSecurity transport =
                strictTransportSecurity == null ? TransportSecurity.on() : strictTransportSecurity;
        if (transport.enabled()) {
            headers.put("strict-transport-security", transport.value());
        }
        put(headers, POLICY, contentSecurityPolicy);
        put(headers, POLICY.concat("-report-only"), contentSecurityPolicyReportOnly);
        put(headers, "x-content-type-options", first(contentTypeOptions, ContentTypeOptions.NOSNIFF));
        // Browsers that know frame-ancestors do not look at the older header (CSP 3, 6.4.2.2).
        boolean framed = headers.getOrDefault(POLICY, "").contains("frame-ancestors");
        FrameOptions frames = first(frameOptions, framed ? FrameOptions.NONE : FrameOptions.SAMEORIGIN);
        if (frames != FrameOptions.NONE) {
            headers.put("x-frame-options", frames.name());
        }
        put(headers, "referrer-policy", first(referrerPolicy, ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN));
        put(headers, "permissions-policy", permissionsPolicy);
        put(headers, "cross-origin-opener-policy", crossOriginOpenerPolicy);
        put(headers, "cross-origin-resource-policy", crossOriginResourcePolicy);
        return Collections.unmodifiableSortedMap(headers);
    }

    /**
     * Refuses headers that are said here and by other means for the same answers.
     *
     * @param others names of headers that somebody else changes on the way back, in any case
     */
    public void refuseTwice(Stream<String> others) {
        Map<String, String> own = headers();
        others.filter(name -> own.containsKey(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(name -> Require.that(
                        false,
                        "headers.response",
                        "changes \"%s\", which securityHeaders gives".formatted(name),
                        "say it in securityHeaders alone"));
    }

    private static @Nullable String policy(@Nullable String text) {
        return text == null || text.equals(NONE) ? null : text;
    }

    private static void put(Map<String, String> headers, String name, @Nullable Enum<?> word) {
        put(
                headers,
                name,
                word == null ? null : word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null && !value.equals(NONE)) {
            headers.put(name, value);
        }
    }

    private static <T> @Nullable T nearest(@Nullable T near, @Nullable T wider) {
        return near == null ? wider : near;
    }

    private static <T> T first(@Nullable T near, T wider) {
        return near == null ? wider : near;
    }

    /** Lets a browser guess at the type of an answer, or not. */
    public enum ContentTypeOptions {
        @Word("nosniff")
        NOSNIFF,
        @Word("none")
        NONE
    }

    /** Pages that may show this one in a frame (RFC 7034). */
    public enum FrameOptions {
        DENY,
        SAMEORIGIN,
        @Word("none")
        NONE
    }

    /** The part of a page's address that goes along with a request (w3.org, Referrer Policy). */
    public enum ReferrerPolicy {
        @Word("no-referrer")
        NO_REFERRER,
        @Word("no-referrer-when-downgrade")
        NO_REFERRER_WHEN_DOWNGRADE,
        @Word("origin")
        ORIGIN,
        @Word("origin-when-cross-origin")
        ORIGIN_WHEN_CROSS_ORIGIN,
        @Word("same-origin")
        SAME_ORIGIN,
        @Word("strict-origin")
        STRICT_ORIGIN,
        @Word("strict-origin-when-cross-origin")
        STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
        @Word("none")
        NONE
    }

    /** Pages that share a group of windows with this one (HTML, cross-origin opener policies). */
    public enum CrossOriginOpenerPolicy {
        @Word("same-origin")
        SAME_ORIGIN,
        @Word("same-origin-allow-popups")
        SAME_ORIGIN_ALLOW_POPUPS,
        @Word("none")
        NONE
    }

    /** Pages that may load an answer (Fetch, Cross-Origin-Resource-Policy). */
    public enum CrossOriginResourcePolicy {
        @Word("same-origin")
        SAME_ORIGIN,
        @Word("same-site")
        SAME_SITE,
        @Word("cross-origin")
        CROSS_ORIGIN,
        @Word("none")
        NONE
    }
}
