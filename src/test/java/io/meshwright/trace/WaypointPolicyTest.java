package io.meshwright.trace;

import static io.meshwright.trace.Samples.deployment;
import static io.meshwright.trace.WaypointTest.LABELLED;
import static io.meshwright.trace.WaypointTest.TO_JOB;
import static io.meshwright.trace.WaypointTest.WAY;
import static io.meshwright.trace.WaypointTest.ask;
import static io.meshwright.trace.WaypointTest.gateway;
import static io.meshwright.trace.WaypointTest.namespace;
import static io.meshwright.trace.WaypointTest.trace;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;

class WaypointPolicyTest {
    private static final String FLAT = namespace("flat", "");
    private static final String SERVICE = "targetRefs: [{group: \"\", kind: Service, name: web}]";
    private static final String GATEWAY = "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: way}]";
    private static final String CLASS =
            "targetRefs: [{group: gateway.networking.k8s.io, kind: GatewayClass, name: istio-waypoint}]";
    private static final String DENY_DELETE = ", action: DENY, rules: [{to: [{operation: {methods: [DELETE]}}]}]";
    private static final String FROM = ", rules: [{from: [{source: {principals: [cluster.local/ns/flat/sa/%s]}}]}]";

    private static String policy(String namespace, String spec) {
        return "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: %s}, spec: {%s}}"
                .formatted(namespace, spec);
    }

    private static Verdict delete(String version, String... documents) {
        String[] all = new String[documents.length + 3];
        System.arraycopy(documents, 0, all, 3, documents.length);
        all[0] = FLAT;
        all[1] = WAY;
        all[2] = LABELLED;
        return trace(version, all)
                .request("DELETE", "http://web.flat/")
                .from("flat/job")
                .verdict();
    }

    @Test
    void enforces_what_is_attached_to_it_its_service_or_its_class() {
        for (String target : new String[] {SERVICE, GATEWAY}) {
            assertThat(delete("1.30.3", policy("flat", target + DENY_DELETE)).isAnswered(403))
                    .as(target)
                    .isTrue();
            assertThat(ask(FLAT, WAY, LABELLED, policy("flat", target + DENY_DELETE))
                            .isDelivered())
                    .as(target)
                    .isTrue();
        }
        assertThat(delete("1.30.3", policy("istio-system", CLASS + DENY_DELETE)).isAnswered(403))
                .isTrue();
        assertThat(delete("1.24.6", policy("istio-system", CLASS + DENY_DELETE)).isDelivered())
                .isTrue();
    }

    @Test
    void heeds_no_selector_and_nothing_that_is_attached_to_others() {
        String nobody = "selector: {matchLabels: {gateway.networking.k8s.io/gateway-name: way}}";

        assertThat(delete("1.30.3", policy("flat", nobody)).isDelivered()).isTrue();
        assertThat(delete("1.30.3", policy("istio-system", SERVICE + DENY_DELETE))
                        .isDelivered())
                .isTrue();
        assertThat(delete("1.30.3", policy("flat", SERVICE.replace("web", "job") + DENY_DELETE))
                        .isDelivered())
                .isTrue();
        assertThat(delete("1.30.3", policy("flat", CLASS + DENY_DELETE)).isDelivered())
                .isTrue();
    }

    @Test
    void sees_its_caller_and_the_pod_behind_sees_the_waypoint() {
        assertThat(ask(FLAT, WAY, LABELLED, policy("flat", SERVICE + FROM.formatted("job")))
                        .isDelivered())
                .isTrue();
        assertThat(ask(FLAT, WAY, LABELLED, policy("flat", SERVICE + FROM.formatted("way")))
                        .isAnswered(403))
                .isTrue();

        String pods = "selector: {matchLabels: {app: web}}";
        assertThat(ask(FLAT, WAY, LABELLED, policy("flat", pods + FROM.formatted("way")))
                        .isDelivered())
                .isTrue();
        assertThat(ask(FLAT, WAY, LABELLED, policy("flat", pods + FROM.formatted("job"))))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(503));
        assertThat(ask(
                        FLAT,
                        LABELLED.replace("istio.io/use-waypoint: way", ""),
                        policy("flat", pods + FROM.formatted("way"))))
                .isInstanceOf(Closed.class);
    }

    @Test
    void reads_tokens_where_a_request_authentication_is_attached() {
        String tokens =
                "{apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: t, namespace: flat},"
                        + " spec: {%s, jwtRules: [{issuer: good}]}}";
        Trace trace = trace("1.30.3", FLAT, WAY, LABELLED, tokens.formatted(SERVICE));

        assertThat(trace.request("GET", "http://web.flat/")
                        .from("flat/job")
                        .jwt(JsonNodeFactory.instance.objectNode().put("iss", "bad"))
                        .verdict()
                        .isAnswered(401))
                .isTrue();
        assertThat(trace.request("GET", "http://web.flat/")
                        .from("flat/job")
                        .jwt(JsonNodeFactory.instance.objectNode().put("iss", "good"))
                        .verdict()
                        .isDelivered())
                .isTrue();
    }

    @Test
    void its_tunnels_satisfy_strict_mutual_tls() {
        String strict =
                "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default, namespace:"
                        + " flat}, spec: {mtls: {mode: STRICT}}}";

        assertThat(ask(FLAT, WAY, LABELLED, strict).isDelivered()).isTrue();
    }

    @Test
    void network_policies_see_the_tunnel_of_the_waypoint() {
        String only = """
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: n, namespace: flat}, spec: {
              podSelector: {matchLabels: {%s}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {%s}}}], ports: [{port: %d}]}]}}
            """;
        String way = "gateway.networking.k8s.io/gateway-name: way";

        assertThat(ask(FLAT, WAY, LABELLED, only.formatted("app: web", way, 15008))
                        .isDelivered())
                .isTrue();
        assertThat(ask(FLAT, WAY, LABELLED, only.formatted("app: web", "app: job", 15008))
                        .isAnswered(503))
                .isTrue();
        assertThat(ask(FLAT, WAY, LABELLED, only.formatted("app: web", way, 8080))
                        .isAnswered(503))
                .isTrue();
        assertThat(ask(FLAT, WAY, LABELLED, only.formatted(way, "app: job", 15008))
                        .isDelivered())
                .isTrue();
        assertThat(ask(FLAT, WAY, LABELLED, only.formatted(way, "app: other", 15008)))
                .isInstanceOf(Closed.class);
    }

    @Test
    void pods_that_are_called_themselves_have_a_waypoint_for_workloads() {
        String headless = WaypointTest.service("flat", "web", "")
                .replace("spec: {", "spec: {clusterIP: None, ")
                .replace("targetPort: 8080", "targetPort: 80");
        String workloads = gateway("flat", "way", "istio.io/waypoint-for: workload", "");
        String around = namespace("flat", "istio.io/use-waypoint: way");

        assertThat(ask(around, workloads, headless, policy("flat", GATEWAY + ", rules: []"))
                        .isAnswered(403))
                .isTrue();
        assertThat(ask(around, workloads, headless, TO_JOB))
                .isInstanceOfSatisfying(
                        Verdict.Delivered.class,
                        delivered ->
                                assertThat(delivered.targets().get(0).host()).startsWith("web."));
        assertThat(ask(around, WAY, headless, policy("flat", GATEWAY + ", rules: []"))
                        .isDelivered())
                .isTrue();
    }

    @Test
    void gateways_go_through_it_only_where_the_service_or_its_namespace_says_so() {
        String entry = """
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: in, namespace: flat}, spec: {gatewayClassName: istio,
              listeners: [{name: http, port: 80, protocol: HTTP}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: flat}, spec: {parentRefs: [{name: in}],
              rules: [{backendRefs: [{name: web, port: 80}]}]}}
            """;
        String deny = policy(
                "flat",
                SERVICE
                        + ", action: DENY, rules: [{from: [{source: {principals:"
                        + " [cluster.local/ns/flat/sa/in-istio]}}]}]");
        String asked = "way, istio.io/ingress-use-waypoint: '%s'";

        assertThat(outside(LABELLED, entry, deny).isDelivered()).isTrue();
        assertThat(outside(LABELLED.replace("way}", asked.formatted("true") + "}"), entry, deny)
                        .isAnswered(403))
                .isTrue();
        assertThat(outside(LABELLED.replace("way}", asked.formatted("false") + "}"), entry, deny)
                        .isDelivered())
                .isTrue();
    }

    private static Verdict outside(String... documents) {
        String[] all = new String[documents.length + 2];
        System.arraycopy(documents, 0, all, 2, documents.length);
        all[0] = namespace("flat", "istio.io/ingress-use-waypoint: 'false'");
        all[1] = WAY;
        return trace("1.30.3", all).request("GET", "http://a.example.org/").verdict();
    }

    @Test
    void code_in_it_and_sidecars_behind_it_stay_unknown() {
        String wasm =
                "{apiVersion: extensions.istio.io/v1alpha1, kind: WasmPlugin, metadata: {name: x, namespace: flat},"
                        + " spec: {%s}}";

        assertThat(ask(FLAT, WAY, LABELLED, wasm.formatted(GATEWAY))).isInstanceOf(Unknown.class);
        assertThat(ask(FLAT, WAY, LABELLED, wasm.formatted("url: a")).isDelivered())
                .isTrue();
        assertThat(trace(
                                "1.30.3",
                                FLAT,
                                "{apiVersion: v1, kind: Namespace, metadata: {name: old, labels: {istio-injection:"
                                        + " enabled}}}",
                                WaypointTest.service(
                                                "old",
                                                "api",
                                                "istio.io/use-waypoint: way, istio.io/use-waypoint-namespace: flat")
                                        .concat(deployment("old", "api")),
                                gateway("flat", "way", "", "from: All"),
                                """
                                {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: istiod, namespace: argocd}, spec: {
                                  source: {repoURL: https://blob.istio.io/istio-release/charts, chart: istiod, targetRevision: 1.30.3,
                                    helm: {valueFiles: [more.yaml]}}, destination: {namespace: istio-system}}}
                                """)
                        .request("GET", "http://api.old/")
                        .from("flat/job")
                        .verdict())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("takes the tunnels of waypoints"));
    }
}
