package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.rule.installation.DefinitionsNewEnough;
import io.meshwright.check.rule.object.OneObjectPerName;
import io.meshwright.check.rule.policy.PolicySelectsPods;
import io.meshwright.check.rule.proxy.ProvidersKnown;
import io.meshwright.check.rule.route.ApiRoutesAdmitted;
import io.meshwright.check.rule.route.HostServedByGateway;
import io.meshwright.check.rule.service.AddressesInPools;
import io.meshwright.manifest.ManifestReader;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A repository holds what several clusters and environments have, of which each has one version. */
class VariantsTest {
    /** Files by their names, each name before its text. */
    private static Optional<Severity> severity(Rule rule, String... files) {
        ManifestReader reader = new ManifestReader();
        for (int index = 0; index < files.length; index += 2) {
            reader.text(files[index], files[index + 1]);
        }
        return Checks.run(reader.read(), Optional.empty()).all().stream()
                .filter(finding -> finding.rule() == rule)
                .map(Finding::severity)
                .findFirst();
    }

    private static String settings(String value) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop}, data: {a: '%s'}}\n"
                .formatted(value);
    }

    @Test
    void versions_for_environments_or_clusters_are_not_applied_together() {
        Rule twice = OneObjectPerName.OBJECT_WRITTEN_TWICE;

        assertThat(severity(twice, "apps/web/a.yaml", settings("1"), "apps/web/b.yaml", settings("2")))
                .contains(Severity.WARNING);
        assertThat(severity(twice, "apps/web/a.yaml", settings("1"), "apps/api/b.yaml", settings("2")))
                .contains(Severity.WARNING);
        assertThat(severity(twice, "apps/prod/a.yaml", settings("1"), "apps/staging/a.yaml", settings("2")))
                .contains(Severity.INFO);
        assertThat(severity(twice, "k8s/local/a.yaml", settings("1"), "k8s/deploy/a.yaml", settings("2")))
                .contains(Severity.INFO);
        assertThat(severity(twice, "clusters/one/a.yaml", settings("1"), "clusters/two/a.yaml", settings("2")))
                .contains(Severity.INFO);
    }

    @Test
    void versions_of_different_kustomizations_are_not_applied_together() {
        Rule twice = OneObjectPerName.OBJECT_WRITTEN_TWICE;
        String[] files = {"web/a.yaml", settings("1"), "web/more/b.yaml", settings("2")};

        assertThat(severity(
                        twice,
                        files[0],
                        files[1],
                        files[2],
                        files[3],
                        "web/kustomization.yaml",
                        "resources: [a.yaml]\n",
                        "web/more/kustomization.yaml",
                        "resources: [b.yaml]\n"))
                .contains(Severity.INFO);
        assertThat(severity(
                        twice,
                        files[0],
                        files[1],
                        files[2],
                        files[3],
                        "web/kustomization.yaml",
                        "resources: [a.yaml, more]\n",
                        "web/more/kustomization.yaml",
                        "resources: [b.yaml]\n"))
                .contains(Severity.WARNING);
        assertThat(severity(
                        twice,
                        "web/a.yaml",
                        settings("1"),
                        "web/b.yaml",
                        settings("2"),
                        "web/kustomization.yaml",
                        "resources: [a.yaml]\n"))
                .contains(Severity.INFO);
    }

    private static final String KSOPS = """
        {apiVersion: viaduct.ai/v1, kind: ksops, metadata: {name: secrets}, files: [./%s.yaml]}
        """;

    @Test
    void settings_of_plugins_are_no_objects() {
        assertThat(severity(
                        OneObjectPerName.OBJECT_WRITTEN_TWICE,
                        "a/web/kustomization.yaml",
                        "generators: [secrets.yaml]\n",
                        "a/web/secrets.yaml",
                        KSOPS.formatted("web"),
                        "a/api/kustomization.yaml",
                        "generators: [secrets.yaml]\n",
                        "a/api/secrets.yaml",
                        KSOPS.formatted("api")))
                .isEmpty();
    }

    private static String gateway(String host) {
        return """
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: public, namespace: shop},
              spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP, hostname: %s}]}}
            """.formatted(host);
    }

    private static final String ROUTE = """
        {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: web, namespace: shop},
          spec: {parentRefs: [{name: public}], hostnames: [web.example.org], rules: [{backendRefs: [{name: web, port: 80}]}]}}
        """;

    @Test
    void another_version_of_a_gateway_may_take_a_route() {
        Rule refused = ApiRoutesAdmitted.ROUTE_NOT_ADMITTED;

        assertThat(severity(refused, "a/g.yaml", gateway("stage.example.org"), "a/r.yaml", ROUTE))
                .contains(Severity.ERROR);
        assertThat(severity(
                                refused,
                                "a/g.yaml",
                                gateway("web.example.org"),
                                "b/g.yaml",
                                gateway("stage.example.org"),
                                "a/r.yaml",
                                ROUTE)
                        .filter(Severity.ERROR::equals))
                .isEmpty();
    }

    private static final String FLUX = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: all, namespace: flux-system}
        spec: {path: ./all, patches: [{patch: '[]', target: {kind: IPAddressPool, name: pool}}]}
        """;

    @Test
    void pools_that_flux_patches_may_have_other_addresses() {
        String[] files = {
            "pool.yaml",
            "{apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: pool, namespace: metallb-system},"
                    + " spec: {addresses: [192.0.2.0/28]}}\n",
            "service.yaml",
            "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, annotations:"
                    + " {metallb.io/loadBalancerIPs: 198.51.100.7}}, spec: {type: LoadBalancer, ports: [{port: 80}]}}\n"
        };
        Rule none = AddressesInPools.ADDRESS_OF_NO_POOL;

        assertThat(severity(none, files)).contains(Severity.WARNING);
        assertThat(severity(none, files[0], files[1], files[2], files[3], "flux.yaml", FLUX))
                .contains(Severity.INFO);
    }

    private static String served(String host) {
        return """
            {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: public, namespace: shop},
              spec: {servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [%s]}]}}
            """.formatted(host);
    }

    @Test
    void overlays_that_patch_a_gateway_differently_decide_together() {
        String base = """
            {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: public, namespace: shop},
              spec: {selector: {istio: ingress}, servers: []}}
            """;
        String route = """
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace: shop},
              spec: {hosts: [web.example.org], gateways: [public], http: [{route: [{destination: {host: web}}]}]}}
            """;
        String overlay = "resources: [../base]\npatches: [{path: patch.yaml}]\n";
        String[] one = {
            "base/kustomization.yaml",
            "resources: [gateway.yaml]\n",
            "base/gateway.yaml",
            base,
            "web/route.yaml",
            route,
            "one/kustomization.yaml",
            overlay,
            "one/patch.yaml",
            served("one.example.org")
        };
        Rule unserved = HostServedByGateway.HOST_NOT_SERVED;

        assertThat(severity(unserved, one)).contains(Severity.WARNING);
        assertThat(severity(
                        unserved,
                        Stream.concat(
                                        Arrays.stream(one),
                                        Stream.of(
                                                "two/kustomization.yaml",
                                                overlay,
                                                "two/patch.yaml",
                                                served("web.example.org")))
                                .toArray(String[]::new)))
                .contains(Severity.INFO);
    }

    @Test
    void a_patch_that_is_not_there_may_say_anything() {
        String telemetry = """
            {apiVersion: telemetry.istio.io/v1, kind: Telemetry, metadata: {name: all, namespace: istio-system},
              spec: {accessLogging: [{providers: [{name: file-log}]}]}}
            """;
        String mesh = "{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system},"
                + " data: {mesh: 'enableAutoMtls: true'}}\n";
        Rule unknown = ProvidersKnown.PROVIDER_UNKNOWN;

        assertThat(severity(
                        unknown,
                        "a/telemetry.yaml",
                        telemetry,
                        "a/mesh.yaml",
                        mesh,
                        "a/kustomization.yaml",
                        "resources: [telemetry.yaml, mesh.yaml]\n"))
                .contains(Severity.WARNING);
        assertThat(severity(
                        unknown,
                        "a/telemetry.yaml",
                        telemetry,
                        "a/mesh.yaml",
                        mesh,
                        "a/kustomization.yaml",
                        "resources: [telemetry.yaml, mesh.yaml]\npatches: [{path: env/mesh.yaml}]\n"))
                .contains(Severity.INFO);
    }

    private static String istiod(String version) {
        return """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: istiod, namespace: istio-system},
              spec: {selector: {matchLabels: {app: istiod}}, template: {metadata: {labels: {app: istiod}},
                spec: {containers: [{name: discovery, image: 'docker.io/istio/pilot:%s'}]}}}}
            """.formatted(version);
    }

    @Test
    void a_rendered_istiod_tells_its_release() {
        String definition = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: tlsroutes.gateway.networking.k8s.io
              annotations: {gateway.networking.k8s.io/bundle-version: v1.3.0}
            spec:
              group: gateway.networking.k8s.io
              names: {kind: TLSRoute, plural: tlsroutes}
              scope: Namespaced
              versions: [{name: v1alpha2, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
            """;
        Rule old = DefinitionsNewEnough.DEFINITION_TOO_OLD;

        assertThat(severity(old, "a.yaml", definition, "b.yaml", istiod("1.30.1")))
                .contains(Severity.WARNING);
        assertThat(severity(old, "a.yaml", definition, "b.yaml", istiod("1.27.1")))
                .isEmpty();
    }

    @Test
    void a_chart_may_make_the_pods_of_a_policy() {
        String[] files = {
            "a.yaml",
            "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}\n",
            "b.yaml",
            "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}},"
                    + " spec: {containers: [{name: web, image: web}]}}\n",
            "c.yaml",
            "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: web, namespace: shop},"
                    + " spec: {selector: {matchLabels: {app: broker}}, mtls: {mode: STRICT}}}\n",
            "d.yaml",
            "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: kafka, namespace: shop},"
                    + " spec: {chart: {spec: {chart: strimzi-kafka-operator}}}}\n"
        };
        Rule nobody = PolicySelectsPods.POLICY_SELECTS_NO_POD;

        assertThat(severity(nobody, Arrays.copyOf(files, 6))).contains(Severity.WARNING);
        assertThat(severity(nobody, files)).contains(Severity.INFO);
    }

    @Test
    void hosts_of_a_gateway_that_are_filled_in_later_may_be_any() {
        String route = """
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace: shop},
              spec: {hosts: [web.example.org], gateways: [public], http: [{route: [{destination: {host: web}}]}]}}
            """;
        Rule unserved = HostServedByGateway.HOST_NOT_SERVED;

        assertThat(severity(unserved, "g.yaml", served("one.example.org"), "r.yaml", route))
                .contains(Severity.WARNING);
        assertThat(severity(unserved, "g.yaml", served("<<__web__>>.<<__domain__>>"), "r.yaml", route))
                .contains(Severity.INFO);
    }
}
