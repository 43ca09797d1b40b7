package io.meshwright.mesh.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.policy.TlsOutcome.Broken;
import io.meshwright.mesh.policy.TlsOutcome.Failure;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTlsTest {
    private static final String RULE =
            "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace: shop}, spec:"
                    + " {host: web, trafficPolicy: {tls: {mode: %s}}}}";
    private static final String PEER =
            "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: p, namespace: shop}, spec:"
                    + " {mtls: {mode: %s}}}";

    private static TlsOutcome outcome(String clientNamespace, String serverNamespace, String... documents) {
        Mesh mesh = Meshes.of(
                clientNamespace,
                serverNamespace,
                Meshes.deployment("ops", "caller"),
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web"),
                String.join("\n---\n", documents));
        return outcome(mesh);
    }

    private static TlsOutcome outcome(Mesh mesh) {
        return outcome(mesh, Meshes.pod(mesh, "ops", "caller"));
    }

    private static TlsOutcome outcome(Mesh mesh, Pod client) {
        Service service = mesh.services().kubernetes("shop", "web").orElseThrow();
        return mesh.clientTls()
                .outcome(client, service, service.ports().get(0), Optional.empty(), Meshes.pod(mesh, "shop", "web"));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, '', '', Mutual, ",
        "true, true, '', STRICT, Mutual, ",
        "true, true, '', DISABLE, Plain, ",
        "true, true, DISABLE, STRICT, Broken, PLAIN_TO_STRICT",
        "true, true, DISABLE, PERMISSIVE, Plain, ",
        "true, true, ISTIO_MUTUAL, STRICT, Mutual, ",
        "true, true, ISTIO_MUTUAL, DISABLE, Broken, MUTUAL_TO_DISABLED",
        "true, true, SIMPLE, PERMISSIVE, Broken, APPLICATION_TO_HTTP",
        "true, true, SIMPLE, STRICT, Broken, APPLICATION_TO_STRICT",
        "true, false, '', STRICT, Plain, ",
        "true, false, ISTIO_MUTUAL, '', Broken, MUTUAL_TO_NO_PROXY",
        "true, false, SIMPLE, '', Application, ",
        "false, true, '', STRICT, Broken, PLAIN_TO_STRICT",
        "false, true, ISTIO_MUTUAL, STRICT, Broken, PLAIN_TO_STRICT",
        "false, true, '', PERMISSIVE, Plain, ",
        "false, false, ISTIO_MUTUAL, STRICT, Plain, "
    })
    void client_and_server_meet(
            boolean clientInjected,
            boolean serverInjected,
            String rule,
            String peer,
            String expected,
            Failure failure) {
        TlsOutcome outcome = outcome(
                clientInjected ? Meshes.injected("ops") : Meshes.plain("ops"),
                serverInjected ? Meshes.injected("shop") : Meshes.plain("shop"),
                rule.isEmpty() ? "" : RULE.formatted(rule),
                peer.isEmpty() ? "" : PEER.formatted(peer));

        assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(outcome instanceof Broken broken ? broken.failure() : null).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spiffe://cluster.local/ns/shop/sa/web | | Mutual",
                "spiffe://elsewhere/ns/shop/sa/web | | Mutual",
                "spiffe://elsewhere/ns/shop/sa/web | cluster.local | Broken",
                "spiffe://cluster.local/ns/shop/sa/web | cluster.local | Mutual",
                "spiffe://cluster.local/ns/shop/sa/other | | Broken",
                "web.shop.svc.cluster.local | | Broken",
                "spiffe://cluster.local/ns/shop/sa/other, spiffe://cluster.local/ns/shop/sa/web | | Mutual"
            })
    void a_rule_may_demand_the_identity_of_the_server(String names, String domain, String expected) {
        String rule =
                RULE.formatted("ISTIO_MUTUAL, subjectAltNames: [\"%s\"]".formatted(names.replace(", ", "\", \"")));
        String mesh = "{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh:"
                + " 'trustDomain: %s'}}".formatted(domain);

        TlsOutcome outcome = outcome(Meshes.injected("ops"), Meshes.injected("shop"), rule, domain == null ? "" : mesh);

        assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(outcome instanceof Broken broken ? broken.failure() : Failure.OTHER_IDENTITY)
                .isEqualTo(Failure.OTHER_IDENTITY);
    }

    @Test
    void both_deciding_fields_are_named() {
        TlsOutcome outcome = outcome(
                Meshes.injected("ops"), Meshes.injected("shop"), RULE.formatted("DISABLE"), PEER.formatted("STRICT"));

        assertThat(outcome.decidedBy())
                .extracting(Source::pointer)
                .containsExactly("/spec/trafficPolicy/tls", "/spec/mtls/mode");
    }

    @Test
    void a_pod_can_renounce_mutual_tls_by_label() {
        String web =
                Meshes.deployment("shop", "web").replace("labels: {", "labels: {security.istio.io/tlsMode: disabled, ");
        Mesh mesh = Meshes.of(
                Meshes.injected("ops"),
                Meshes.injected("shop"),
                Meshes.deployment("ops", "caller"),
                web,
                Meshes.service("shop", "web"));

        assertThat(outcome(mesh)).isInstanceOf(TlsOutcome.Plain.class);
    }

    @Test
    void what_is_not_known_about_a_pod_is_not_guessed() {
        assertThat(outcome("", Meshes.injected("shop"), PEER.formatted("STRICT")))
                .isInstanceOf(TlsOutcome.Unknown.class);
        assertThat(outcome(Meshes.injected("ops"), "", PEER.formatted("STRICT")))
                .isInstanceOf(TlsOutcome.Unknown.class);
        assertThat(outcome(Meshes.injected("ops"), "")).isInstanceOfSatisfying(TlsOutcome.Either.class, either -> {
            assertThat(either.isBroken()).isFalse();
            assertThat(either.knowsPrincipal()).isEqualTo(Truth.UNKNOWN);
        });
    }

    @Test
    void a_port_that_is_kept_from_the_sidecar_does_not_understand_mutual_tls() {
        String web = Meshes.deployment("shop", "web")
                .replace(
                        "metadata: {labels",
                        "metadata: {annotations: {traffic.sidecar.istio.io/excludeInboundPorts: '9, 8080'}, labels");
        Mesh mesh = Meshes.of(
                Meshes.injected("ops"),
                Meshes.injected("shop"),
                Meshes.deployment("ops", "caller"),
                web,
                Meshes.service("shop", "web"));

        assertThat(outcome(mesh)).isEqualTo(new Broken(Failure.MUTUAL_TO_UNCAPTURED, java.util.List.of()));
    }

    @Test
    void one_pod_without_a_proxy_makes_a_headless_service_plaintext() {
        String headless = Meshes.service("shop", "web").replace("spec: {", "spec: {clusterIP: None, ");
        String bare = "{apiVersion: v1, kind: Pod, metadata: {name: bare, namespace: shop, labels: {app: web,"
                + " sidecar.istio.io/inject: 'false'}}, spec: {containers: []}}";
        Mesh mesh = Meshes.of(
                Meshes.injected("ops"),
                Meshes.injected("shop"),
                Meshes.deployment("ops", "caller"),
                Meshes.deployment("shop", "web"),
                headless,
                bare,
                PEER.formatted("STRICT"));

        assertThat(outcome(mesh))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.failure()).isEqualTo(Failure.PLAIN_TO_STRICT));
    }

    /** Istiod knows the policies of namespace and mesh only; endpoints, which know the others, are not asked. */
    @Test
    void a_policy_for_pods_does_not_reach_the_callers_of_a_headless_service() {
        String plain = "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: web, namespace:"
                + " shop}, spec: {selector: {matchLabels: {app: web}}, mtls: {mode: DISABLE}}}";
        String headless = Meshes.service("shop", "web").replace("spec: {", "spec: {clusterIP: None, ");

        assertThat(outcome(disabled(headless, plain)))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.failure()).isEqualTo(Failure.MUTUAL_TO_DISABLED));
        assertThat(outcome(disabled(Meshes.service("shop", "web"), plain))).isInstanceOf(TlsOutcome.Plain.class);
    }

    private static Mesh disabled(String service, String policy) {
        return Meshes.of(
                Meshes.injected("ops"),
                Meshes.injected("shop"),
                Meshes.deployment("ops", "caller"),
                Meshes.deployment("shop", "web"),
                service,
                policy);
    }

    @Test
    void a_sidecar_cannot_use_a_credential_unless_the_rule_selects_it() {
        String rule = "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace: ops},"
                + " spec: {host: web.shop.svc.cluster.local, %strafficPolicy: {tls: {mode: SIMPLE, credentialName:"
                + " c}}}}";

        assertThat(outcome(Meshes.injected("ops"), Meshes.plain("shop"), rule.formatted("")))
                .isInstanceOf(TlsOutcome.Plain.class);
        assertThat(outcome(
                        Meshes.injected("ops"),
                        Meshes.plain("shop"),
                        rule.formatted("workloadSelector: {matchLabels: {app: caller}}, ")))
                .isInstanceOf(TlsOutcome.Application.class);
    }

    @Test
    void a_host_outside_the_mesh_does_not_understand_mutual_tls() {
        Mesh mesh = Meshes.of(
                Meshes.injected("ops"),
                Meshes.deployment("ops", "caller"),
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: ops}, spec:"
                        + " {hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution:"
                        + " DNS}}",
                "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace: ops},"
                        + " spec: {host: '*.example.com', trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}}");
        Service service = mesh.services().find("api.example.com", "ops").orElseThrow();

        assertThat(mesh.clientTls()
                        .outcome(
                                Meshes.pod(mesh, "ops", "caller"),
                                service,
                                service.ports().get(0),
                                Optional.empty()))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.failure()).isEqualTo(Failure.MUTUAL_TO_OUTSIDE));
    }

    @Test
    void a_port_that_is_kept_from_the_clients_sidecar_leaves_in_plaintext() {
        String caller = Meshes.deployment("ops", "caller")
                .replace(
                        "metadata: {labels",
                        "metadata: {annotations: {traffic.sidecar.istio.io/excludeOutboundPorts: '80'}, labels");
        Mesh mesh = Meshes.of(
                Meshes.injected("ops"),
                Meshes.injected("shop"),
                caller,
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web"),
                PEER.formatted("STRICT"));

        assertThat(outcome(mesh))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.failure()).isEqualTo(Failure.PLAIN_TO_STRICT));
    }

    @Test
    void a_rule_that_hands_connections_through_asks_no_endpoint_either() {
        String passing = "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace:"
                + " shop}, spec: {host: web, trafficPolicy: {loadBalancer: {simple: %s}}}}";
        String plain = "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: web, namespace:"
                + " shop}, spec: {selector: {matchLabels: {app: web}}, mtls: {mode: DISABLE}}}";

        assertThat(outcome(
                        disabled(Meshes.service("shop", "web"), plain + "\n---\n" + passing.formatted("PASSTHROUGH"))))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.failure()).isEqualTo(Failure.MUTUAL_TO_DISABLED));
        assertThat(outcome(disabled(Meshes.service("shop", "web"), plain + "\n---\n" + passing.formatted("RANDOM"))))
                .isInstanceOf(TlsOutcome.Plain.class);
    }

    @Test
    void the_policy_that_makes_calls_plaintext_is_named_and_no_other() {
        String off = "{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh:"
                + " '{enableAutoMtls: false}'}}";

        assertThat(outcome(Meshes.injected("ops"), Meshes.injected("shop"), PEER.formatted("DISABLE"))
                        .decidedBy())
                .extracting(Source::pointer)
                .contains("/spec/mtls/mode");
        assertThat(outcome(Meshes.injected("ops"), Meshes.injected("shop"), off))
                .isInstanceOf(TlsOutcome.Plain.class);
        assertThat(outcome(Meshes.injected("ops"), Meshes.injected("shop"), off, PEER.formatted("STRICT")))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.failure()).isEqualTo(Failure.PLAIN_TO_STRICT));
        assertThat(outcome(Meshes.injected("ops"), Meshes.injected("shop"), off, PEER.formatted("PERMISSIVE"))
                        .decidedBy())
                .extracting(Source::pointer)
                .containsExactly("/spec/mtls/mode");
    }

    @Test
    void a_policy_of_a_container_port_counts_behind_the_services() {
        String port = "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: web, namespace:"
                + " shop}, spec: {selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}, portLevelMtls: {'%s': {mode:"
                + " DISABLE}}}}";

        assertThat(outcome(disabled(Meshes.service("shop", "web"), port.formatted("8080"))))
                .isInstanceOf(TlsOutcome.Plain.class);
        assertThat(outcome(disabled(Meshes.service("shop", "web"), port.formatted("80"))))
                .isInstanceOf(TlsOutcome.Mutual.class);
    }

    private static final String AMBIENT =
            "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}}";

    /** What a sidecar's calls to a pod behind a ztunnel are. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // mode of the rule, of the PeerAuthentication, by the service's address or by those of its pods
                "'' | '' | '' | Istio's mutual TLS in a tunnel",
                "ISTIO_MUTUAL | STRICT | '' | Istio's mutual TLS in a tunnel",
                "DISABLE | STRICT | '' | Istio's mutual TLS in a tunnel",
                "SIMPLE | '' | '' | Istio's mutual TLS in a tunnel, and TLS to the application inside",
                "'' | '' | clusterIP: None, | no TLS of Istio's, and no identity",
                "'' | STRICT | clusterIP: None, | the client sends plaintext, but the server takes mutual TLS only",
                "SIMPLE | '' | clusterIP: None, | the proxy speaks TLS to the application",
                "SIMPLE | STRICT | clusterIP: None, | the client speaks plain TLS without a mesh certificate, but the server takes mutual TLS only",
                "ISTIO_MUTUAL | '' | clusterIP: None, | the client insists on Istio's mutual TLS, but the server has no proxy to end it",
                "ISTIO_MUTUAL | STRICT | clusterIP: None, | the client insists on Istio's mutual TLS, but the server has no proxy to end it"
            })
    void a_ztunnel_ends_tunnels_and_no_other_tls(String rule, String peer, String type, String sentence) {
        Mesh mesh = Meshes.of(
                Meshes.injected("ops"),
                AMBIENT,
                Meshes.deployment("ops", "caller"),
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web").replace("spec: {", "spec: {".concat(type)),
                rule.isEmpty() ? "" : RULE.formatted(rule),
                peer.isEmpty() ? "" : PEER.formatted(peer));

        assertThat(outcome(mesh).sentence()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "injected | '' | Tunnel",
                "injected | 'traffic.sidecar.istio.io/excludeOutboundPorts: \"80\"' | Plain",
                "plain | '' | Plain"
            })
    void no_tunnel_begins_where_the_clients_proxy_does_not_see_the_call(
            String namespace, String annotation, String expected) {
        String caller = Meshes.deployment("ops", "caller")
                .replace("metadata: {labels", "metadata: {annotations: {%s}, labels".formatted(annotation));
        Mesh mesh = Meshes.of(
                namespace.equals("plain") ? Meshes.plain("ops") : Meshes.injected("ops"),
                AMBIENT,
                caller,
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web"));

        assertThat(outcome(mesh).getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void a_gateway_begins_tunnels_whatever_ports_its_pods_exclude() {
        Mesh mesh = Meshes.of(
                AMBIENT, Meshes.gatewayChart(), Meshes.deployment("shop", "web"), Meshes.service("shop", "web"));

        assertThat(outcome(mesh, Meshes.pod(mesh, "istio-ingress", "istio-ingressgateway")))
                .isInstanceOf(TlsOutcome.Tunnel.class);
    }

    private static final String WAYPOINT =
            "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: way, namespace: shop}, spec:"
                    + " {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}}";

    /** The waypoint of the service web in shop, whose pods have that label. */
    private static Mesh behindWaypoint(String label, String... documents) {
        return Meshes.of(
                AMBIENT.replace("shop, labels", "ops, labels"),
                Meshes.deployment("ops", "caller"),
                AMBIENT.replace("mode: ambient", "mode: ambient, istio.io/use-waypoint: way"),
                WAYPOINT,
                Meshes.deployment("shop", "web").replace("labels: {", "labels: {%s, ".formatted(label)),
                Meshes.service("shop", "web"),
                String.join("\n---\n", documents));
    }

    private static TlsOutcome fromWaypoint(Mesh mesh) {
        Service service = mesh.services().kubernetes("shop", "web").orElseThrow();
        return outcome(
                mesh,
                mesh.waypoints()
                        .between(Meshes.pod(mesh, "ops", "caller"), service)
                        .orElseThrow()
                        .proxy()
                        .orElseThrow());
    }

    @Test
    void a_waypoint_begins_tls_to_the_application_where_a_rule_says_so() {
        String bare = "istio.io/dataplane-mode: none";
        String flat = "istio.io/dataplane-mode: ambient";

        assertThat(fromWaypoint(behindWaypoint(bare))).isInstanceOf(TlsOutcome.Plain.class);
        assertThat(fromWaypoint(behindWaypoint(bare, RULE.formatted("ISTIO_MUTUAL"))))
                .isInstanceOf(TlsOutcome.Plain.class);
        assertThat(fromWaypoint(behindWaypoint(bare, RULE.formatted("SIMPLE"))))
                .isInstanceOf(TlsOutcome.Application.class);
        assertThat(fromWaypoint(behindWaypoint(flat)).beginsTls()).isFalse();
        assertThat(fromWaypoint(behindWaypoint(flat, RULE.formatted("SIMPLE"))).beginsTls())
                .isTrue();
    }

    @Test
    void gateways_waypoints_and_sidecars_heed_a_backend_tls_policy() {
        String policy =
                "{apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: {name: b, namespace: shop},"
                        + " spec: {targetRefs: [{group: '', kind: Service, name: web}], validation: {hostname: web}}}";
        Mesh mesh = Meshes.of(
                Meshes.injected("ops"),
                Meshes.plain("shop"),
                Meshes.gatewayChart(),
                Meshes.deployment("ops", "caller"),
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web"),
                policy);

        assertThat(outcome(mesh)).isInstanceOf(TlsOutcome.Application.class);
        assertThat(outcome(mesh, Meshes.pod(mesh, "istio-ingress", "istio-ingressgateway")))
                .isInstanceOf(TlsOutcome.Application.class);
        assertThat(fromWaypoint(behindWaypoint("istio.io/dataplane-mode: none", policy)))
                .isInstanceOf(TlsOutcome.Application.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1.31.0, shop, web.shop.svc.cluster.local, 'trafficPolicy: {tls: {mode: DISABLE}}', Plain",
        "1.30.5, shop, web.shop.svc.cluster.local, 'trafficPolicy: {tls: {mode: DISABLE}}', Application",
        "1.31.0, shop, web.shop.svc.cluster.local, 'trafficPolicy: {outlierDetection: {}}', Application",
        "1.30.5, shop, web.shop.svc.cluster.local, 'trafficPolicy: {outlierDetection: {}}', Application",
        "1.31.0, shop, web.shop.svc.cluster.local, 'exportTo: [*], trafficPolicy: {outlierDetection: {}}', Plain",
        "1.30.5, shop, web.shop.svc.cluster.local, 'exportTo: [*], trafficPolicy: {tls: {mode: DISABLE}}', Plain",
        "1.31.0, shop, '*.shop.svc.cluster.local', 'trafficPolicy: {tls: {mode: DISABLE}}', Application",
        "1.31.0, ops, web.shop.svc.cluster.local, 'trafficPolicy: {outlierDetection: {}}', Plain",
        "1.30.5, istio-system, web.shop.svc.cluster.local, 'trafficPolicy: {tls: {mode: DISABLE}}', Application"
    })
    void a_rule_for_the_very_host_and_one_of_the_callers_go_before_a_backend_tls_policy(
            String release, String namespace, String host, String policy, String expected) {
        Mesh mesh = Meshes.of(
                IstioVersion.of(release),
                Meshes.injected("ops"),
                Meshes.plain("shop"),
                Meshes.deployment("ops", "caller"),
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web"),
                "{apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: {name: b, namespace: shop},"
                        + " spec: {targetRefs: [{group: '', kind: Service, name: web}], validation: {hostname: web}}}",
                ("{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: d, namespace: %s},"
                                + " spec: {host: '%s', %s}}")
                        .formatted(namespace, host, policy.replace("[*]", "['*']")));

        assertThat(outcome(mesh).getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.30.0, 'true', Application", "1.30.1, 'True', Plain", "1.31.0, 'false', Application"})
    void a_backend_tls_policy_can_say_that_it_is_not_for_istio(String release, String ignored, String expected) {
        String policy =
                "{apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: {name: b, namespace: shop, annotations: {istio.io/ignore-policy-attachment: '%s'}},"
                                .formatted(ignored)
                        + " spec: {targetRefs: [{group: '', kind: Service, name: web}], validation: {hostname: web}}}";
        Mesh mesh = Meshes.of(
                IstioVersion.of(release),
                Meshes.plain("shop"),
                Meshes.gatewayChart(),
                Meshes.deployment("shop", "web"),
                Meshes.service("shop", "web"),
                policy);

        assertThat(outcome(mesh, Meshes.pod(mesh, "istio-ingress", "istio-ingressgateway"))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', Plain",
        "PERMISSIVE, '', Plain",
        "STRICT, '', Unknown",
        "PERMISSIVE, STRICT, Unknown",
        "STRICT, PERMISSIVE, Unknown",
        "PERMISSIVE, DISABLE, Plain"
    })
    void plaintext_arrives_at_a_pod_of_unknown_proxy_unless_one_would_refuse_it(
            String mode, String other, String expected) {
        TlsOutcome outcome = outcome(
                Meshes.plain("ops"),
                "",
                mode.isEmpty() ? "" : PEER.formatted(mode),
                other.isEmpty() ? "" : PEER.formatted(other).replace("name: p", "name: q"));

        assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void each_outcome_says_in_a_clause_what_the_connection_speaks() {
        assertThat(outcome(Meshes.injected("ops"), Meshes.injected("shop")).sentence())
                .isEqualTo("Istio's mutual TLS");
        assertThat(outcome(Meshes.plain("ops"), "", PEER.formatted("STRICT")).sentence())
                .isEqualTo("the labels of namespace shop are not among the manifests");
    }
}
