package io.meshwright.value.edge;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Duration;
import io.meshwright.value.Name;
import io.meshwright.value.edge.Authorizer.Protocol;
import io.meshwright.value.security.PathPattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerTest {
    private static final Name SERVICE = Name.of("oauth2-proxy");

    @Test
    void is_asked_by_http_with_cookies_and_refuses_while_it_cannot_be_asked() {
        assertThat(Authorizer.http(SERVICE))
                .isEqualTo(new Authorizer(
                        SERVICE,
                        null,
                        Protocol.HTTP,
                        Duration.of("2s"),
                        false,
                        null,
                        503,
                        null,
                        List.of("cookie"),
                        List.of(),
                        List.of("set-cookie"),
                        List.of("content-type", "set-cookie")));
        assertRefused(() -> Authorizer.http(null)).isEqualTo("service: is missing; add it");
    }

    @ParameterizedTest
    @CsvSource({"0s, false", "1ms, true", "1m, true", "1m1ms, false"})
    void thinks_for_a_minute_at_most(String timeout, boolean admitted) {
        Duration time = Duration.of(timeout);
        if (admitted) {
            assertThat(timed(time).timeout()).isEqualTo(time);
        } else {
            assertRefused(() -> timed(time))
                    .isEqualTo("timeout: \"%s\" is not between 1ms and 1m; give a time in which nobody gives up"
                            .formatted(timeout));
        }
    }

    @Test
    void lets_requests_pass_unasked_for_a_reason() {
        assertThat(open(true, "pages are public anyway", null).failOpen()).isTrue();
        assertRefused(() -> open(true, null, null))
                .isEqualTo("reason: is missing, and with failOpen whoever stops the authorizer passes it; say why that"
                        + " is right here, or remove failOpen");
        assertRefused(() -> open(true, " ", null)).startsWith("reason: is missing, and with failOpen");
        assertRefused(() -> open(null, "x", null)).isEqualTo("reason: is for failOpen: true; remove it");
        assertRefused(() -> open(true, "x", 403))
                .isEqualTo("statusOnError: is of no request, since all pass by failOpen; remove one of them");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 599})
    void refuses_with_a_status_of_an_error(int status) {
        assertThat(open(null, null, status).statusOnError()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {399, 600})
    void refuses_a_status_of_no_error(int status) {
        assertRefused(() -> open(null, null, status))
                .startsWith("statusOnError: \"%d\" is not between 400 and 599".formatted(status));
    }

    @Test
    void by_grpc_it_sees_and_says_all() {
        String told = ": is for protocol: http; by grpc the authorizer sees all and says all; remove it";
        List<String> names = List.of("x-a");

        assertThat(headers(Protocol.GRPC, null, null, null, null, null).protocol())
                .isEqualTo(Protocol.GRPC);
        assertRefused(() -> headers(Protocol.GRPC, "/verify", null, null, null, null))
                .isEqualTo("pathPrefix" + told);
        assertRefused(() -> headers(Protocol.GRPC, null, names, null, null, null))
                .isEqualTo("includeRequestHeadersInCheck" + told);
        assertRefused(() -> headers(Protocol.GRPC, null, null, names, null, null))
                .isEqualTo("headersToUpstreamOnAllow" + told);
        assertRefused(() -> headers(Protocol.GRPC, null, null, null, names, null))
                .isEqualTo("headersToDownstreamOnAllow" + told);
        assertRefused(() -> headers(Protocol.GRPC, null, null, null, null, names))
                .isEqualTo("headersToDownstreamOnDeny" + told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/verify", "/a/b", "/a"})
    void is_asked_at_a_path(String path) {
        assertThat(headers(null, path, null, null, null, null).pathPrefix()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "verify", "/verify/", "/a?b", "/a#b", "/ä", "/a "})
    void refuses_what_is_no_path(String path) {
        assertRefused(() -> headers(null, path, null, null, null, null))
                .isEqualTo("pathPrefix: is no path without a / at its end; write such as /verify");
    }

    @Test
    void headers_are_the_same_in_any_case_and_a_star_ends_the_beginning_of_many() {
        Authorizer authorizer =
                headers(null, null, List.of("X-Auth-*", "x-a"), List.of("X-User", "x-user"), List.of(), null);

        assertThat(authorizer.includeRequestHeadersInCheck()).containsExactly("x-auth-*", "x-a");
        assertThat(authorizer.headersToUpstreamOnAllow()).containsExactly("x-user");
        assertThat(authorizer.headersToDownstreamOnAllow()).isEmpty();
        assertRefused(() -> headers(null, null, List.of("x-a", "x a"), null, null, null))
                .isEqualTo("includeRequestHeadersInCheck[1]: \"x a\" is not the name of a header; give a name such as"
                        + " x-user, or its beginning and a *");
        assertRefused(() -> headers(null, null, null, null, null, List.of("*")))
                .startsWith("headersToDownstreamOnDeny[0]: \"*\" is not the name of a header");
    }

    @Test
    void an_authorizer_is_asked_about_something() {
        assertThat(new ExternalAuthorization(SERVICE, null, List.of(PathPattern.of("/health"))).protectedPaths())
                .isEmpty();
        assertRefused(() -> new ExternalAuthorization(SERVICE, null, List.of(PathPattern.of("/*"))))
                .isEqualTo("publicPaths: has every path, so that nobody is asked; remove it, or externalAuthorization");
        assertRefused(() -> new ExternalAuthorization(null, null, null)).isEqualTo("authorizer: is missing; add it");
    }

    private static Authorizer timed(Duration timeout) {
        return new Authorizer(SERVICE, null, null, timeout, null, null, null, null, null, null, null, null);
    }

    private static Authorizer open(Boolean failOpen, String reason, Integer status) {
        return new Authorizer(SERVICE, null, null, null, failOpen, reason, status, null, null, null, null, null);
    }

    private static Authorizer headers(
            Protocol protocol,
            String pathPrefix,
            List<String> include,
            List<String> upstream,
            List<String> downstream,
            List<String> onDeny) {
        return new Authorizer(
                SERVICE, null, protocol, null, null, null, null, pathPrefix, include, upstream, downstream, onDeny);
    }
}
