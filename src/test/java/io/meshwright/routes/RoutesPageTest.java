package io.meshwright.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoutesPageTest {
    private static final String SHOP = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: shop
          namespace: shop
          annotations: {meshwright.io/streams: "chat: sse, heartbeat 30s, idle timeout 1h"}
        spec:
          hosts: [shop.example.org]
          gateways: [edge]
          http:
            - name: chat
              match: [{uri: {exact: /chat}}, {uri: {prefix: /chat/}}]
              retries: {attempts: 0}
              route: [{destination: {host: web.shop.svc.cluster.local}}]
            - name: rest
              match: [{headers: {canary: {exact: "true"}}, method: {regex: GET|HEAD}}]
              timeout: 15s
              retries: {attempts: 2}
              corsPolicy: {allowOrigins: [{exact: "https://a.example.org"}]}
              route:
                - {destination: {host: web.shop.svc.cluster.local, subset: v1}, weight: 90}
                - {destination: {host: web.shop.svc.cluster.local, subset: v2}, weight: 10}
            - {name: home, redirect: {uri: /start}}
        """;

    @Test
    void tells_routes_in_the_order_in_which_istio_tries_them() {
        assertThat(page().lines())
                .filteredOn(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                .containsExactly(
                        "| requests | go to | timeout | further tries | CORS | besides |",
                        "| exact `/chat` or prefix `/chat/` | web.shop | none | 0 | no |  |",
                        "| headers canary exact `true` method regex `GET\\|HEAD` | web.shop v1 90 %, web.shop v2 10 %"
                                + " | 15s | 2 | yes |  |",
                        "| all others | a redirect to /start | none | none | no |  |");
    }

    @Test
    void tells_how_often_a_stream_must_beat_and_who_would_close_it() {
        assertThat(page())
                .contains(
                        "a quiet stream is closed by Cloudflare after 1m40s",
                        "- shop.example.org, chat: sse, heartbeat 30s, idle timeout 1h");
    }

    @Test
    void tells_routes_of_the_gateway_api_for_each_listener() {
        String page = RoutesPage.of(
                "shop", Mesh.of(ManifestReader.of("shop.yaml", """
                    apiVersion: gateway.networking.k8s.io/v1
                    kind: Gateway
                    metadata: {name: edge, namespace: shop}
                    spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
                    ---
                    apiVersion: gateway.networking.k8s.io/v1
                    kind: HTTPRoute
                    metadata: {name: web, namespace: shop, annotations: {meshwright.io/streams: "chat: sse, heartbeat 30s"}}
                    spec:
                      parentRefs: [{name: edge}]
                      hostnames: [shop.example.org]
                      rules: [{matches: [{path: {value: /chat}}], backendRefs: [{name: web, port: 80}]}]
                    """).manifests()), new TreeMap<>());

        assertThat(page)
                .contains(
                        "## shop.example.org at shop/edge/http",
                        "| prefix `/chat` | web.shop | none | Istio's own | no |  |",
                        "- shop.example.org, chat: sse, heartbeat 30s",
                        "\"/chat\"");
    }

    @Test
    void draws_the_way_of_each_host_to_its_versions() {
        assertThat(page()).contains("""
                ```mermaid
                flowchart LR
                  n0["shop.example.org"]
                  n1["gateway shop/edge"]
                  n2["web.shop"]
                  n3["web.shop v1, 90 %"]
                  n4["web.shop v2, 10 %"]
                  n5["redirect"]
                  n1 --> n0
                  n0 -->|"/chat, /chat/"| n2
                  n0 -->|"some of all"| n3
                  n0 -->|"some of all"| n4
                  n0 -->|"all others"| n5
                ```
                """);
    }

    @Test
    void text_of_manifests_ends_no_label() {
        String page = RoutesPage.of(
                "shop", Mesh.of(ManifestReader.of("shop.yaml", """
                        apiVersion: networking.istio.io/v1
                        kind: VirtualService
                        metadata: {name: shop, namespace: shop}
                        spec:
                          hosts: ['a"] --> x["<b>']
                          http: [{match: [{uri: {prefix: '/"|x#<'}}], route: [{destination: {host: web}}]}]
                        """).manifests()), new TreeMap<>());

        assertThat(page)
                .contains(
                        "n0[\"a#34;#93; --#62; x#91;#34;#60;b#62;.shop.svc.cluster.local\"]",
                        "n0 -->|\"/#34;#124;x#35;#60;\"| n2");
    }

    private static String page() {
        return RoutesPage.of(
                "shop",
                Mesh.of(new ManifestReader().text("shop.yaml", SHOP).read().manifests()),
                new TreeMap<>(Map.of("Cloudflare", Duration.of("100s"))));
    }
}
