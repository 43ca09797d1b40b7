package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of gRPC reach a server over HTTP/2 alone where the port says so, or a sidecar guesses. */
class GrpcCallsTest {
    private static Trace served(String port, String policy) {
        return shop(
                """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: rpc, namespace: shop}, spec: {selector: {app: cart},
          ports: [{%s, port: 90, targetPort: 8080}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: rpc, namespace: shop},
          spec: {host: rpc, trafficPolicy: {%s}}}
        """.formatted(port, policy),
                Samples.routes("[{route: [{destination: {host: rpc, port: {number: 90}}}]}]"));
    }

    private static Verdict ask(Trace trace, String from, String type) {
        return from.equals("internet")
                ? trace.request("POST", "http://shop.example.org/shop.Cart/Add")
                        .header("content-type", type)
                        .verdict()
                : trace.request("POST", "http://rpc.shop:90/shop.Cart/Add")
                        .header("content-type", type)
                        .from(from)
                        .verdict();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: h2c                           | internet | application/grpc",
                "name: http                          | internet | application/grpc+proto",
                "name: http                          | shop/web | application/grpc"
            })
    void a_port_that_does_not_say_so_is_spoken_to_over_http_1(String port, String from, String type) {
        assertThat(ask(served(port, ""), from, type))
                .isInstanceOfSatisfying(
                        Unknown.class, end -> assertThat(end.why()).contains("goes over HTTP/1.1"));
        assertThat(ask(served(port, "connectionPool: {http: {h2UpgradePolicy: UPGRADE}}"), "internet", type))
                .matches(end -> end instanceof Delivered || port.contains("h2c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: grpc                          | internet | application/grpc",
                "'name: web, appProtocol: kubernetes.io/h2c' | internet | application/grpc",
                "name: h2c                           | shop/web | application/grpc",
                "name: http                          | internet | application/grpc-web",
                "name: http                          | internet | application/json",
                "name: http                          | legacy/batch | application/grpc"
            })
    void others_arrive(String port, String from, String type) {
        assertThat(ask(served(port, ""), from, type)).isInstanceOf(Delivered.class);
    }

    @ParameterizedTest
    @CsvSource({"internet", "shop/web"})
    void a_rule_may_keep_what_the_client_speaks(String from) {
        assertThat(ask(
                        served("name: http", "connectionPool: {http: {useClientProtocol: true}}"),
                        from,
                        "application/grpc"))
                .isInstanceOf(Delivered.class);
    }
}
