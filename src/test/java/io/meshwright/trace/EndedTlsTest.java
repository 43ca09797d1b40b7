package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Load balancers that end the client's TLS before the gateway. */
class EndedTlsTest {
    private static final String BALANCER = """
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: balancer
          namespace: istio-ingress
          annotations:
            service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:eu-west-1:1:certificate/x
            service.beta.kubernetes.io/aws-load-balancer-ssl-ports: "%s"
            service.beta.kubernetes.io/aws-load-balancer-backend-protocol: %s
        spec: {type: LoadBalancer, selector: {istio: ingress}, ports: [{name: https, port: 443, targetPort: 80}]}
        """;
    private static final String ROUTE = """
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: r, namespace: shop}, spec: {
          hosts: [a.example.org], gateways: [public], http: [%s{route: [{destination: {host: web}}]}]}}
        """;
    private static final String REDIRECT = "{match: [{scheme: {exact: http}}], redirect: {scheme: https}}, ";

    private static Verdict ask(String balancer, String route, String url) {
        return shop(balancer, ROUTE.formatted(route)).request("GET", url).verdict();
    }

    @ParameterizedTest
    @CsvSource({"443, tcp", "https, tcp", "*, http"})
    void a_port_that_takes_plaintext_is_reached(String ports, String backend) {
        assertThat(ask(BALANCER.formatted(ports, backend), "", "https://a.example.org/")
                        .isDelivered())
                .isTrue();
    }

    @Test
    void the_gateway_takes_the_request_for_plain_and_redirects_it_again() {
        Verdict verdict = ask(BALANCER.formatted("443", "tcp"), REDIRECT, "https://a.example.org/");

        assertThat(verdict.isAnswered(301)).isTrue();
    }

    @Test
    void a_port_that_is_not_named_passes_tls_on() {
        assertThat(ask(BALANCER.formatted("8443", "tcp"), "", "https://a.example.org/")
                        .isDelivered())
                .isFalse();
    }

    @Test
    void plaintext_and_tls_of_the_balancers_own_are_unknown() {
        assertThat(ask(BALANCER.formatted("443", "tcp"), "", "http://a.example.org:443/"))
                .isInstanceOf(Unknown.class);
        assertThat(ask(BALANCER.formatted("443", "ssl"), "", "https://a.example.org/"))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void the_step_names_the_annotation() {
        Path path = shop(BALANCER.formatted("443", "tcp"), ROUTE.formatted(""))
                .request("GET", "https://a.example.org/")
                .path();

        assertThat(path.toString()).contains("ends TLS and goes on in plain text");
    }
}
