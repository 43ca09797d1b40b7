package io.meshwright.value.edge;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.entry;

import io.meshwright.value.Duration;
import io.meshwright.value.edge.SecurityHeaders.ContentTypeOptions;
import io.meshwright.value.edge.SecurityHeaders.CrossOriginOpenerPolicy;
import io.meshwright.value.edge.SecurityHeaders.CrossOriginResourcePolicy;
import io.meshwright.value.edge.SecurityHeaders.FrameOptions;
import io.meshwright.value.edge.SecurityHeaders.ReferrerPolicy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersTest {
    private static final SecurityHeaders ALL = new SecurityHeaders(
            new TransportSecurity(null, Duration.of("8761h"), true, true),
            "default-src 'self'",
            "img-src *",
            ContentTypeOptions.NOSNIFF,
            FrameOptions.DENY,
            ReferrerPolicy.NO_REFERRER,
            "camera=()",
            CrossOriginOpenerPolicy.SAME_ORIGIN_ALLOW_POPUPS,
            CrossOriginResourcePolicy.SAME_SITE);

    @Test
    void gives_the_four_that_suit_everybody() {
        assertThat(SecurityHeaders.defaults().headers())
                .containsExactly(
                        entry("referrer-policy", "strict-origin-when-cross-origin"),
                        entry("strict-transport-security", "max-age=31536000"),
                        entry("x-content-type-options", "nosniff"),
                        entry("x-frame-options", "SAMEORIGIN"));
    }

    @Test
    void gives_what_is_asked_for() {
        assertThat(ALL.headers())
                .containsExactly(
                        entry("content-security-policy", "default-src 'self'"),
                        entry("content-security-policy-report-only", "img-src *"),
                        entry("cross-origin-opener-policy", "same-origin-allow-popups"),
                        entry("cross-origin-resource-policy", "same-site"),
                        entry("permissions-policy", "camera=()"),
                        entry("referrer-policy", "no-referrer"),
                        entry("strict-transport-security", "max-age=31539600; includeSubDomains; preload"),
                        entry("x-content-type-options", "nosniff"),
                        entry("x-frame-options", "DENY"));
    }

    @Test
    void leaves_out_what_is_none() {
        SecurityHeaders none = new SecurityHeaders(
                TransportSecurity.off(),
                "none",
                "none",
                ContentTypeOptions.NONE,
                FrameOptions.NONE,
                ReferrerPolicy.NONE,
                "none",
                CrossOriginOpenerPolicy.NONE,
                CrossOriginResourcePolicy.NONE);

        assertThat(none.headers()).isEmpty();
        assertThat(none.over(ALL).headers()).isEmpty();
    }

    @Test
    void what_is_not_said_is_as_the_wider_place_says() {
        SecurityHeaders denying = frames(null, FrameOptions.NONE);

        assertThat(SecurityHeaders.defaults().over(ALL)).isEqualTo(ALL);
        assertThat(ALL.over(SecurityHeaders.defaults())).isEqualTo(ALL);
        assertThat(ALL.over(null)).isEqualTo(ALL);
        assertThat(denying.over(ALL).headers())
                .doesNotContainKey("x-frame-options")
                .containsEntry("referrer-policy", "no-referrer");
    }

    @Test
    void a_policy_with_frame_ancestors_takes_the_place_of_the_older_header() {
        assertThat(frames("frame-ancestors 'self'", null).headers()).doesNotContainKey("x-frame-options");
        assertThat(frames("frame-ancestors 'self'", FrameOptions.DENY).headers())
                .containsEntry("x-frame-options", "DENY");
        assertThat(frames("default-src 'self'", null).headers()).containsEntry("x-frame-options", "SAMEORIGIN");
    }

    @Test
    void nobody_who_comes_in_plain_text_is_asked_for_https() {
        assertThat(ALL.inPlainText().headers())
                .doesNotContainKey("strict-transport-security")
                .containsEntry("x-frame-options", "DENY")
                .hasSize(8);
    }

    @Test
    void refuses_headers_that_somebody_else_changes_too() {
        assertRefused(() -> SecurityHeaders.defaults().refuseTwice(Stream.of("x-a", "X-Frame-Options")))
                .isEqualTo("headers.response: changes \"X-Frame-Options\", which securityHeaders gives; say it in"
                        + " securityHeaders alone");
        assertThatCode(() -> SecurityHeaders.defaults().refuseTwice(Stream.of("x-a", "permissions-policy")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default-src 'self'",
                "default-src 'self'; script-src 'unsafe-inline' https://cdn.example.org; upgrade-insecure-requests",
                " ; default-src 'none';; frame-ancestors none.example.org;",
                "Default-Src self.example.org",
                "sandbox allow-scripts; trusted-types none"
            })
    void takes_policies_that_browsers_read(String policy) {
        assertThat(frames(policy, null).headers()).containsEntry("content-security-policy", policy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default-scr x | \"default-scr\" is no directive, and browsers pass it over; use one of base-uri, block-",
                "img-src a; x-src b | \"x-src\" is no directive, and browsers pass it over",
                "img-src a; IMG-SRC b | has \"img-src\" twice, and browsers read the first alone; write it once",
                "default-src self | \"self\" without quotes is the name of a host; write 'self'",
                "script-src-elem a None | \"None\" without quotes is the name of a host; write 'None'",
                "base-uri none | \"none\" without quotes is the name of a host; write 'none'",
                "frame-ancestors self | \"self\" without quotes is the name of a host",
                "form-action self | \"self\" without quotes is the name of a host",
                "'' | is empty, or has characters that no header may have; write ASCII on one line",
                "' ' | is empty, or has characters that no header may have",
                "default-src a\u0007b | is empty, or has characters that no header may have",
                "default-src ä | is empty, or has characters that no header may have",
                "report-uri /a%20b | has a %, which Envoy reads as the beginning of an operator; leave it out"
            })
    void refuses_policies_that_browsers_pass_over(String policy, String told) {
        assertRefused(() -> frames(policy, null)).startsWith("contentSecurityPolicy: " + told);
        assertRefused(() -> new SecurityHeaders(null, null, policy, null, null, null, null, null, null))
                .startsWith("contentSecurityPolicyReportOnly: " + told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"camera=()", "camera=*", "camera=(), geolocation=(self \"https://a.example.org\")"})
    void takes_abilities_of_pages(String abilities) {
        assertThat(abilities(abilities).headers()).containsEntry("permissions-policy", abilities);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "camera | \"camera\" is no list of abilities; write such as camera=(), geolocation=(self)",
                "camera=();mic=() | \"camera=();mic=()\" is no list of abilities",
                "camera=(% ) | has a %, which Envoy reads as the beginning of an operator"
            })
    void refuses_what_is_no_list_of_abilities(String abilities, String told) {
        assertRefused(() -> abilities(abilities)).startsWith("permissionsPolicy: " + told);
    }

    @Test
    void transport_security_counts_whole_seconds() {
        assertThat(new TransportSecurity(null, Duration.of("0s"), null, null).value())
                .isEqualTo("max-age=0");
        assertRefused(() -> new TransportSecurity(null, Duration.of("1s1ms"), null, null))
                .isEqualTo("maxAge: \"1s1ms\" is not a number of seconds; give whole seconds");
    }

    @ParameterizedTest
    @CsvSource({"8760h, true, true", "8759h, true, false", "8760h, false, false"})
    void preload_is_for_all_below_and_a_year(String maxAge, boolean subdomains, boolean admitted) {
        if (admitted) {
            assertThat(new TransportSecurity(null, Duration.of(maxAge), subdomains, true).preload())
                    .isTrue();
        } else {
            assertRefused(() -> new TransportSecurity(null, Duration.of(maxAge), subdomains, true))
                    .startsWith("preload: is for hosts with all that are below them, for a year or more; set");
        }
    }

    private static SecurityHeaders frames(String policy, FrameOptions frames) {
        return new SecurityHeaders(null, policy, null, null, frames, null, null, null, null);
    }

    private static SecurityHeaders abilities(String abilities) {
        return new SecurityHeaders(null, null, null, null, null, null, abilities, null, null);
    }
}
