package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Split;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ServiceEntries whose endpoint is the name of a Service: nobody speaks mutual TLS to its pods by himself. */
class NamedEndpointTest {
    private static final String STRICT = """
      ---
      {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default, namespace: shop},
        spec: {mtls: {mode: STRICT}}}
      """;

    private static String entry(String endpoint) {
        return """
        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: cart, namespace: shop}
        spec:
          hosts: [cart.global]
          location: MESH_INTERNAL
          addresses: [240.0.0.10]
          ports: [{name: http, number: 8000, protocol: HTTP}]
          resolution: DNS
          endpoints: [%s]
        """.formatted(endpoint);
    }

    private static Verdict ask(String... documents) {
        return shop(documents)
                .request("GET", "http://cart.global:8000/")
                .from("shop/web")
                .verdict();
    }

    @Test
    void a_call_goes_on_to_the_pods_in_plaintext() {
        String cart = entry("{address: cart.shop.svc.cluster.local, ports: {http: 80}}");

        assertThat(ask(cart))
                .isInstanceOfSatisfying(
                        Delivered.class,
                        end -> assertThat(end.targets().get(0).pods()).containsExactly("shop/cart"));
        assertThat(ask(cart, STRICT))
                .isInstanceOfSatisfying(
                        Answered.class, end -> assertThat(end.flag()).isEqualTo("UC"));
    }

    @Test
    void an_identity_of_the_endpoint_or_a_rule_begins_mutual_tls() {
        String known = entry("{address: cart.shop.svc.cluster.local, ports: {http: 80}, serviceAccount: cart}");
        String cart = entry("{address: cart.shop.svc.cluster.local, ports: {http: 80}}");

        assertThat(ask(known, STRICT)).isInstanceOf(Delivered.class);
        assertThat(ask(cart, STRICT, """
        ---
        {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: cart, namespace: shop},
          spec: {host: cart.global, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}}
        """)).isInstanceOf(Delivered.class);
    }

    @Test
    void a_port_that_the_service_has_not_is_heard_by_nobody() {
        assertThat(ask(entry("{address: cart.shop.svc.cluster.local}")))
                .isInstanceOfSatisfying(
                        Answered.class, end -> assertThat(end.flag()).isEqualTo("UF"));
    }

    @Test
    void other_names_are_outside() {
        assertThat(ask(entry("{address: cart.example.net}"), STRICT)).isInstanceOf(Delivered.class);
        assertThat(shop().request("GET", "http://cart.global:8000/")
                        .from("shop/web")
                        .verdict())
                .isNotInstanceOf(Closed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cart", "cart.shop", "cart.shop.svc", "cart.shop.svc.cluster.local."})
    void dns_completes_a_name_as_in_the_pod_that_calls(String name) {
        assertThat(ask(entry("{address: %s, ports: {http: 80}}".formatted(name)), STRICT))
                .isInstanceOfSatisfying(
                        Answered.class, end -> assertThat(end.flag()).isEqualTo("UC"));
    }

    @Test
    void a_short_name_is_one_of_the_namespace_that_calls() {
        // The Service of that name is not in the caller's namespace.
        assertThat(ask(entry("{address: far, ports: {http: 80}}"), FAR)).isInstanceOf(Delivered.class);
        assertThat(ask(entry("{address: far.distant, ports: {http: 80}}"), FAR))
                .isInstanceOfSatisfying(
                        Answered.class, end -> assertThat(end.flag()).isEqualTo("UF"));
    }

    private static final String FAR = """
      ---
      {apiVersion: v1, kind: Service, metadata: {name: far, namespace: distant},
        spec: {selector: {app: far}, ports: [{name: http, port: 80}]}}
      """;

    @Test
    void several_services_share_the_calls() {
        String both = entry("{address: cart.shop.svc.cluster.local, ports: {http: 80}},"
                + " {address: web, ports: {http: 80}}, {address: web, ports: {http: 80}}");

        assertThat(ask(both))
                .isInstanceOfSatisfying(
                        Delivered.class,
                        end -> assertThat(end.targets())
                                .extracting(target -> target.pods())
                                .containsExactly(List.of("shop/cart", "shop/web")));
        assertThat(ask(both.replace("ports: {http: 80}}", "weight: 3, ports: {http: 80}}"), STRICT_CART))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        end -> assertThat(end.why()).contains("which part of the calls each endpoint of cart.global"));
        assertThat(ask(both, STRICT_CART))
                .isInstanceOfSatisfying(
                        Split.class,
                        end -> assertThat(end.parts())
                                .extracting(part -> Math.round(100 * part.part()))
                                .containsExactly(67L, 33L));
    }

    private static final String STRICT_CART = """
      ---
      {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: cart, namespace: shop},
        spec: {selector: {matchLabels: {app: cart}}, mtls: {mode: STRICT}}}
      """;

    @Test
    void a_service_beside_a_host_outside_gets_an_unknown_part() {
        String both = entry("{address: cart, ports: {http: 80}}, {address: cart.example.net}");

        assertThat(ask(both, STRICT))
                .isInstanceOfSatisfying(
                        Unknown.class, end -> assertThat(end.otherwise()).get().isInstanceOf(Split.class));
    }
}
