package io.meshwright.trace;

import static io.meshwright.trace.Samples.routes;
import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Delivered;
import org.junit.jupiter.api.Test;

/** A token stands in the Authorization header, which routes and policies see until a proxy takes it out. */
class TokenHeaderTest {
    private static final String ROUTES = "[{match: [{headers: {authorization: {prefix: 'Bearer '}}}],"
            + " route: [{destination: {host: cart}}]}, {route: [{destination: {host: web}}]}]";
    private static final String PLAIN = "[{route: [{destination: {host: web}}]}]";

    private static Verdict ask(String... documents) {
        ObjectNode claims =
                JsonNodeFactory.instance.objectNode().put("iss", "shop").put("sub", "ann");
        return shop(documents)
                .request("GET", "http://shop.example.org/")
                .jwt(claims)
                .verdict();
    }

    private static String host(Verdict verdict) {
        return ((Delivered) verdict).targets().get(0).host();
    }

    private static String verified(String place) {
        return """
            ---
            {apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: jwt, namespace: shop},
              spec: {selector: {matchLabels: {app: web}}, jwtRules: [{issuer: shop%s}]}}
            """.formatted(place);
    }

    private static String verifiedAtGateway(String place) {
        return verified(place)
                .replace("namespace: shop", "namespace: istio-ingress")
                .replace("app: web", "istio: ingress");
    }

    private static String policy(String action, String values) {
        return """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop},
              spec: {selector: {matchLabels: {app: web}}, action: %s,
              rules: [{when: [{key: "request.headers[authorization]", %s}]}]}}
            """.formatted(action, values);
    }

    @Test
    void routes_see_the_header() {
        assertThat(host(ask(routes(ROUTES)))).isEqualTo("cart.shop.svc.cluster.local");
        assertThat(host(ask(routes(ROUTES), verifiedAtGateway(", forwardOriginalToken: true"))))
                .isEqualTo("cart.shop.svc.cluster.local");
        // The gateway chooses again once the token is verified, and out.
        assertThat(host(ask(routes(ROUTES), verifiedAtGateway("")))).isEqualTo("web.shop.svc.cluster.local");
    }

    @Test
    void policies_see_the_header() {
        assertThat(ask(routes(PLAIN), policy("DENY", "notValues: ['*']")).isDelivered())
                .isTrue();
        assertThat(ask(routes(PLAIN), policy("ALLOW", "values: ['Bearer *']")).isDelivered())
                .isTrue();
        assertThat(ask(routes(PLAIN), policy("DENY", "values: ['*']")).isAnswered(403))
                .isTrue();
    }

    @Test
    void a_proxy_that_verifies_it_takes_it_out_before_its_policies_look() {
        assertThat(ask(routes(PLAIN), verified(""), policy("DENY", "notValues: ['*']"))
                        .isAnswered(403))
                .isTrue();
        assertThat(ask(routes(PLAIN), verified(", forwardOriginalToken: true"), policy("DENY", "notValues: ['*']"))
                        .isDelivered())
                .isTrue();
        assertThat(ask(routes(PLAIN), verifiedAtGateway(""), policy("DENY", "notValues: ['*']"))
                        .isAnswered(403))
                .isTrue();
    }

    @Test
    void authorizers_are_asked_before_it_is_taken_out() {
        String asked = policy("CUSTOM, provider: {name: login}", "notValues: ['*']");

        assertThat(ask(routes(PLAIN), verified(""), asked).isDelivered()).isTrue();
    }

    @Test
    void a_rule_with_another_prefix_finds_none_or_a_bad_one() {
        assertThat(ask(routes(PLAIN), verified(", fromHeaders: [{name: Authorization, prefix: 'Bearer '}]"))
                        .isDelivered())
                .isTrue();
        assertThat(ask(routes(PLAIN), verified(", fromHeaders: [{name: Authorization, prefix: Bearer}]"))
                        .isDelivered())
                .isTrue();
        // The word before the token is read as a part of it.
        assertThat(ask(routes(PLAIN), verified(", fromHeaders: [{name: Authorization}]"))
                        .isAnswered(401))
                .isTrue();
        String required = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop},
              spec: {selector: {matchLabels: {app: web}}, rules: [{from: [{source: {requestPrincipals: ['*']}}]}]}}
            """;
        assertThat(ask(routes(PLAIN), verified(", fromHeaders: [{name: Authorization, prefix: 'JWT '}]"), required)
                        .isAnswered(403))
                .isTrue();
    }
}
