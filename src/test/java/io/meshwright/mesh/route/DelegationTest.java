package io.meshwright.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes of a delegate under the conditions of its root (pilot/pkg/model/virtualservice.go, hasConflict). */
class DelegationTest {
    private static final String SERVICE = "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name:"
            + " %s, namespace: %s}, spec: {%s}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri: {prefix: /a} | uri: {prefix: /a/b} | {\"uri\":{\"prefix\":\"/a/b\"}}",
                "uri: {prefix: /a} | uri: {prefix: /a} | {\"uri\":{\"prefix\":\"/a\"}}",
                "uri: {prefix: /a} | uri: {exact: /a/b} | {\"uri\":{\"exact\":\"/a/b\"}}",
                "uri: {exact: /a} | uri: {exact: /a} | {\"uri\":{\"exact\":\"/a\"}}",
                "uri: {prefix: /a} | method: {exact: GET} | {\"uri\":{\"prefix\":\"/a\"},\"method\":{\"exact\":\"GET\"}}",
                "headers: {a: {prefix: x}} | headers: {a: {exact: xy}, b: {exact: z}}"
                        + " | {\"headers\":{\"a\":{\"exact\":\"xy\"},\"b\":{\"exact\":\"z\"}}}",
                "headers: {a: {exact: x}} | headers: {b: {exact: z}}"
                        + " | {\"headers\":{\"a\":{\"exact\":\"x\"},\"b\":{\"exact\":\"z\"}}}",
                "withoutHeaders: {a: {exact: x}} | withoutHeaders: {b: {exact: z}}"
                        + " | {\"withoutHeaders\":{\"a\":{\"exact\":\"x\"},\"b\":{\"exact\":\"z\"}}}",
                "queryParams: {a: {exact: x}} | queryParams: {a: {exact: x}} | {\"queryParams\":{\"a\":{\"exact\":\"x\"}}}",
                "sourceLabels: {a: x} | sourceLabels: {a: x, b: z} | {\"sourceLabels\":{\"a\":\"x\",\"b\":\"z\"}}",
                "sourceLabels: {a: x} | sourceLabels: {b: z} | {\"sourceLabels\":{\"a\":\"x\",\"b\":\"z\"}}",
                "sourceNamespace: ops | sourceNamespace: ops | {\"sourceNamespace\":\"ops\"}",
                "uri: {prefix: /} | sourceNamespace: ops | {\"uri\":{\"prefix\":\"/\"},\"sourceNamespace\":\"ops\"}",
                "port: 80 | port: 80 | {\"port\":80}",
                "port: 80 | uri: {prefix: /} | {\"port\":80,\"uri\":{\"prefix\":\"/\"}}",
                "uri: {prefix: /} | port: 80 | {\"uri\":{\"prefix\":\"/\"},\"port\":80}",
                "gateways: [a, b] | gateways: [a] | {\"gateways\":[\"a\"]}",
                "gateways: [a] | uri: {prefix: /} | {\"gateways\":[\"a\"],\"uri\":{\"prefix\":\"/\"}}",
                "ignoreUriCase: true | ignoreUriCase: true | {\"ignoreUriCase\":true}"
            })
    void what_the_root_lets_through_counts_with_its_conditions(String root, String delegate, String both) {
        assertThat(routes(root, delegate))
                .extracting(match -> match.body().toString())
                .containsExactly(both);
        assertThat(lost(root, delegate)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri: {prefix: /a} | uri: {prefix: /b}",
                "uri: {prefix: /a/b} | uri: {prefix: /a}",
                "uri: {prefix: /a} | uri: {exact: /b}",
                "uri: {prefix: /a} | uri: {regex: /a.*}",
                "uri: {exact: /a} | uri: {exact: /b}",
                "uri: {exact: /a} | uri: {prefix: /a}",
                "uri: {regex: /a.*} | uri: {exact: /ab}",
                "scheme: {exact: http} | scheme: {exact: https}",
                "method: {exact: GET} | method: {exact: POST}",
                "authority: {exact: a} | authority: {exact: b}",
                "headers: {a: {exact: x}} | headers: {a: {exact: y}}",
                "headers: {a: {exact: x}, b: {exact: z}} | headers: {a: {exact: x}, b: {exact: y}}",
                "withoutHeaders: {a: {exact: x}} | withoutHeaders: {a: {exact: y}}",
                "queryParams: {a: {exact: x}} | queryParams: {a: {exact: y}}",
                "sourceLabels: {a: x, b: z} | sourceLabels: {a: y}",
                "sourceNamespace: ops | sourceNamespace: shop",
                "sourceNamespace: ops | uri: {prefix: /}",
                "port: 80 | port: 81",
                "gateways: [a] | gateways: [a, b]",
                "uri: {prefix: /} | gateways: [a]",
                "ignoreUriCase: true | uri: {prefix: /}",
                "uri: {prefix: /} | ignoreUriCase: true"
            })
    void a_route_that_contradicts_the_root_vanishes(String root, String delegate) {
        assertThat(routes(root, delegate)).isEmpty();
        assertThat(lost(root, delegate)).hasSize(1);
    }

    @Test
    void a_route_vanishes_where_one_of_its_matches_fits_none_of_the_roots() {
        assertThat(routes("uri: {prefix: /a}}, {uri: {prefix: /b}", "uri: {prefix: /a/x}}, {uri: {prefix: /b/x}"))
                .extracting(match -> match.body().toString())
                .containsExactly("{\"uri\":{\"prefix\":\"/a/x\"}}", "{\"uri\":{\"prefix\":\"/b/x\"}}");
        assertThat(routes("uri: {prefix: /a}}, {uri: {prefix: /b}", "uri: {prefix: /a/x}}, {uri: {prefix: /c}"))
                .isEmpty();
    }

    private static List<HttpMatch> routes(String root, String delegate) {
        VirtualServices services = mesh(root, delegate).virtualServices();
        return services.routes(services.find("edge/root").orElseThrow()).stream()
                .flatMap(route -> route.matches().stream())
                .toList();
    }

    private static List<HttpRoute> lost(String root, String delegate) {
        VirtualServices services = mesh(root, delegate).virtualServices();
        return Delegation.lost(
                services.find("edge/root").orElseThrow().written().get(0),
                services.find("shop/inner").orElseThrow());
    }

    private static Mesh mesh(String root, String delegate) {
        return Meshes.of(
                SERVICE.formatted(
                        "root",
                        "edge",
                        "hosts: [x.example], http: [{match: [{%s}], delegate: {name: inner, namespace: shop}}]"
                                .formatted(root)),
                SERVICE.formatted("inner", "shop", "http: [{match: [{%s}], route: []}]".formatted(delegate)));
    }
}
