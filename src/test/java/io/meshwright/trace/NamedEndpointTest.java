package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import org.junit.jupiter.api.Test;

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
    void other_names_and_several_are_outside() {
        assertThat(ask(entry("{address: cart.example.net}"), STRICT)).isInstanceOf(Delivered.class);
        assertThat(shop().request("GET", "http://cart.global:8000/")
                        .from("shop/web")
                        .verdict())
                .isNotInstanceOf(Closed.class);
    }
}
