package io.meshwright.trace;

import static io.meshwright.trace.Samples.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;

class ListenerSetTest {
    private static final String BASE = """
        {apiVersion: v1, kind: Namespace, metadata: {name: edge}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: a, istio-injection: enabled}}}
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: public, namespace: edge}, spec: {
          gatewayClassName: istio, allowedListeners: {namespaces: {%s}},
          listeners: [{name: own, port: 80, protocol: HTTP, hostname: own.example.org, allowedRoutes: {namespaces: {from: All}}}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web},
          ports: [{name: http, port: 80, targetPort: 8080}]}}
        """.concat(deployment("shop", "web"));
    private static final String SET = """
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: ListenerSet, metadata: {name: more, namespace: shop}, spec: {
          parentRef: {name: public, namespace: edge}, listeners: [
            {name: shop, port: 80, protocol: HTTP, hostname: shop.example.org}, {name: other, port: 8090, protocol: HTTP}]}}
        """;
    private static final String EXPERIMENT = SET.replace(
                    "gateway.networking.k8s.io/v1", "gateway.networking.x-k8s.io/v1alpha1")
            .replace("kind: ListenerSet", "kind: XListenerSet");
    private static final String ROUTE = """
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: %s}, spec: {
          parentRefs: [{group: gateway.networking.k8s.io, kind: %s, name: more, namespace: shop}],
          rules: [{backendRefs: [{name: web, namespace: shop, port: 80}]}]}}
        """;
    private static final String OURS = ROUTE.formatted("shop", "ListenerSet");

    private static Verdict ask(String release, String url, String admitted, String... documents) {
        return Trace.of(Mesh.of(
                        ManifestReader.of("test.yaml", BASE.formatted(admitted).concat(String.join("", documents)))
                                .manifests(),
                        IstioVersion.of(release)))
                .request("GET", url)
                .verdict();
    }

    @Test
    void its_listeners_join_those_of_the_gateway_and_take_routes_of_its_own_namespace() {
        assertThat(ask("1.30.0", "http://shop.example.org/", "from: All", SET, OURS))
                .isInstanceOf(Delivered.class);
        assertThat(ask("1.30.0", "http://any.example.org:8090/", "from: All", SET, OURS))
                .isInstanceOf(Delivered.class);
        assertThat(ask("1.30.0", "http://own.example.org/", "from: All", SET, OURS)
                        .isAnswered(404))
                .isTrue();
        assertThat(ask("1.30.0", "http://shop.example.org/", "from: All", SET, ROUTE.formatted("edge", "ListenerSet"))
                        .isAnswered(404))
                .isTrue();
    }

    @Test
    void a_route_of_the_gateway_is_none_of_the_set() {
        String theirs = OURS.replace(
                "kind: ListenerSet, name: more, namespace: shop", "kind: Gateway, name: public, namespace: edge");

        assertThat(ask("1.30.0", "http://own.example.org/", "from: All", SET, theirs))
                .isInstanceOf(Delivered.class);
        assertThat(ask("1.30.0", "http://shop.example.org/", "from: All", SET, theirs)
                        .isAnswered(404))
                .isTrue();
    }

    @Test
    void the_gateway_says_from_which_namespaces_sets_may_come_and_else_from_none() {
        String selector = "from: Selector, selector: {matchLabels: {team: %s}}";

        assertThat(ask("1.30.0", "http://shop.example.org/", selector.formatted("a"), SET, OURS))
                .isInstanceOf(Delivered.class);
        for (String refusing : new String[] {"", "from: None", "from: Same", selector.formatted("b")}) {
            assertThat(ask("1.30.0", "http://shop.example.org/", refusing, SET, OURS)
                            .isAnswered(404))
                    .as(refusing)
                    .isTrue();
            assertThat(ask("1.30.0", "http://any.example.org:8090/", refusing, SET, OURS))
                    .as(refusing)
                    .isInstanceOf(Closed.class);
        }
        assertThat(ask(
                        "1.30.0",
                        "http://shop.example.org/",
                        selector.formatted("a"),
                        SET.replace("namespace: shop}, spec", "namespace: unknown}, spec")))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void a_listener_with_port_and_hostname_of_one_of_the_gateway_is_left_out_from_1_31_on() {
        String same = SET.replace("hostname: shop.example.org", "hostname: own.example.org");

        assertThat(ask("1.30.5", "http://own.example.org/", "from: All", same, OURS))
                .isInstanceOf(Delivered.class);
        assertThat(ask("1.31.0", "http://own.example.org/", "from: All", same, OURS)
                        .isAnswered(404))
                .isTrue();
        assertThat(ask("1.31.0", "http://any.example.org:8090/", "from: All", same, OURS))
                .isInstanceOf(Delivered.class);
        assertThat(ask("1.31.0", "http://shop.example.org/", "from: All", SET, OURS))
                .isInstanceOf(Delivered.class);
        assertThat(ask(
                        "1.31.0",
                        "http://any.example.org:8090/",
                        "from: All",
                        SET.replace("port: 8090, protocol: HTTP", "port: 80, protocol: TCP"),
                        OURS))
                .isInstanceOf(Closed.class);
    }

    @Test
    void of_two_sets_the_older_one_keeps_a_port_and_hostname() {
        String named = "name: more, namespace: shop}, spec";
        String other = SET.replace(named, "name: most, namespace: shop}, spec");
        String old = "name: %s, namespace: shop, creationTimestamp: '202%d-01-01T00:00:00Z'}, spec";

        assertThat(ask("1.31.0", "http://shop.example.org/", "from: All", SET, other, OURS))
                .isInstanceOf(Unknown.class);
        assertThat(ask(
                        "1.31.0",
                        "http://shop.example.org/",
                        "from: All",
                        SET.replace(named, old.formatted("more", 4)),
                        SET.replace(named, old.formatted("most", 5)),
                        OURS))
                .isInstanceOf(Delivered.class);
        assertThat(ask(
                                "1.31.0",
                                "http://own.example.org/",
                                "from: All",
                                SET.replace(named, old.formatted("more", 5)),
                                SET.replace(named, old.formatted("most", 4)),
                                OURS)
                        .isAnswered(404))
                .isTrue();
    }

    @Test
    void in_1_31_0_a_gateway_loses_the_listener_that_its_namesake_loses() {
        String namesake = SET.replace("name: more, namespace: shop}, spec", "name: public, namespace: edge}, spec")
                .replace(
                        "name: shop, port: 80, protocol: HTTP, hostname: shop",
                        "name: own, port: 80, protocol: HTTP, hostname: own");
        String route = OURS.replace(
                "kind: ListenerSet, name: more, namespace: shop", "kind: Gateway, name: public, namespace: edge");

        assertThat(ask("1.31.0", "http://own.example.org/", "from: All", namesake, route))
                .isInstanceOf(Closed.class);
        assertThat(ask("1.31.1", "http://own.example.org/", "from: All", namesake, route))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void a_listener_of_tls_that_says_nothing_about_it_is_not_opened_from_1_31_on() {
        String silent = SET.replace("port: 8090, protocol: HTTP", "port: 8443, protocol: HTTPS");
        String said = SET.replace(
                "port: 8090, protocol: HTTP", "port: 8443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}");

        assertThat(ask("1.30.5", "http://any.example.org:8443/", "from: All", silent, OURS)
                        .summary())
                .doesNotContain("opens port 8443");
        assertThat(ask("1.31.0", "http://any.example.org:8443/", "from: All", silent, OURS))
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.why()).contains("opens port 8443"));
        assertThat(ask("1.31.0", "https://any.example.org:8443/", "from: All", said, OURS))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void releases_know_them_since_1_30_and_the_experiment_before_if_they_are_told_to() {
        String istiod = """
            ---
            {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: istiod, namespace: argocd}, spec: {
              source: {repoURL: https://blob.istio.io/istio-release/charts, chart: istiod, targetRevision: 1.27.0,
                helm: {valuesObject: {pilot: {env: {%s}}}}}, destination: {namespace: istio-system}}}
            """;
        String on = istiod.formatted("PILOT_ENABLE_ALPHA_GATEWAY_API: 'true'");
        String route = ROUTE.formatted("shop", "XListenerSet");

        assertThat(ask("1.29.6", "http://shop.example.org/", "from: All", SET, OURS)
                        .isAnswered(404))
                .isTrue();
        for (String release : new String[] {"1.27.0", "1.29.6"}) {
            assertThat(ask(release, "http://shop.example.org/", "from: All", EXPERIMENT, route, on))
                    .isInstanceOf(Delivered.class);
            assertThat(ask(release, "http://shop.example.org/", "from: All", EXPERIMENT, route, istiod.formatted(""))
                            .isAnswered(404))
                    .isTrue();
            assertThat(ask(release, "http://shop.example.org/", "from: All", EXPERIMENT, route))
                    .isInstanceOfSatisfying(
                            Unknown.class, unknown -> assertThat(unknown.why()).contains("adds listeners"));
        }
        for (String release : new String[] {"1.26.2", "1.30.0"}) {
            assertThat(ask(release, "http://shop.example.org/", "from: All", EXPERIMENT, route, on)
                            .isAnswered(404))
                    .isTrue();
        }
    }
}
