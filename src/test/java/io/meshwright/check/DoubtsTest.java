package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.check.rule.authorization.NamespacesAndHostsKnown;
import io.meshwright.check.rule.destination.SubsetSelectsPods;
import io.meshwright.check.rule.gateway.GatewaySelectsPods;
import io.meshwright.check.rule.object.IstioObjectsValid;
import io.meshwright.check.rule.object.ObjectsValid;
import io.meshwright.check.rule.object.OneObjectPerName;
import io.meshwright.check.rule.proxy.ProvidersKnown;
import io.meshwright.check.rule.route.ApiRoutesAdmitted;
import io.meshwright.check.rule.route.DelegatesMeet;
import io.meshwright.check.rule.route.HostServedByGateway;
import io.meshwright.check.rule.route.OutsideHostIsBound;
import io.meshwright.check.rule.route.RolloutsShift;
import io.meshwright.check.rule.route.RouteShownToGateway;
import io.meshwright.check.rule.route.RouteToKnownGateway;
import io.meshwright.check.rule.route.RouteToKnownHost;
import io.meshwright.check.rule.route.RouteToKnownPort;
import io.meshwright.check.rule.service.PortProtocolNamed;
import io.meshwright.manifest.ManifestReader;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies outside the manifests, or is decided after them, is no error; what they show to be wrong stays one. */
class DoubtsTest {
    private static final String SHOP = "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n---\n";

    private static Findings check(String text) {
        return Checks.run(ManifestReader.of("a/b/web.yaml", text), Optional.empty());
    }

    private static Severity severity(Rule rule, String text) {
        return check(text).all().stream()
                .filter(finding -> finding.rule() == rule)
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web.${DOMAIN}",
                "web.{{ .Values.domain }}",
                "web.$(DOMAIN)",
                "WEB_SERVICE.shop.svc",
                "web.REPLACE_ME",
                "web.<your-domain>",
                "<*.web_host>",
                "web.NAMESPACE_PLACEHOLDER",
                "web.$DOMAIN",
                "{WEB_HOST}",
                "web_placeholder",
                "YOUR_HOST",
                "WEB_HOST",
                "service_host"
            })
    void a_value_that_is_filled_in_later_is_a_note(String host) {
        assertThat(severity(IstioObjectsValid.OBJECT_INVALID, serviceEntry(host)))
                .isEqualTo(Severity.INFO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web_shop.example.com", "-web.example.com", "web_host", "web-$1"})
    void a_value_that_is_only_wrong_is_an_error(String host) {
        assertThat(severity(IstioObjectsValid.OBJECT_INVALID, serviceEntry(host)))
                .isEqualTo(Severity.ERROR);
    }

    private static String serviceEntry(String host) {
        return """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: web, namespace: shop}
            spec: {hosts: ["%s"], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS}
            """.formatted(host);
    }

    @Test
    void a_mapping_is_weighed_by_its_own_values_and_a_mistaken_word_is_no_placeholder() {
        String gateway = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: web, namespace: shop}
            spec:
              gatewayClassName: istio
              addresses: [{type: IPAddress, value: "%s"}]
              listeners: [{name: http, port: 80, protocol: HTTP}]
            """;
        String rule = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: web, namespace: shop}
            spec: {host: web, trafficPolicy: {tls: {mode: ISTIO_MUTUALLY}}}
            """;

        assertThat(severity(ObjectsValid.OBJECT_REFUSED, gateway.formatted("${ADDRESS}")))
                .isEqualTo(Severity.INFO);
        assertThat(severity(ObjectsValid.OBJECT_REFUSED, gateway.formatted("10.0.0.256")))
                .isEqualTo(Severity.ERROR);
        assertThat(severity(IstioObjectsValid.OBJECT_INVALID, rule)).isEqualTo(Severity.ERROR);
        assertThat(severity(IstioObjectsValid.OBJECT_INVALID, rule.replace("host: web", "host: {web-host}")))
                .isEqualTo(Severity.INFO);
        assertThat(severity(IstioObjectsValid.OBJECT_INVALID, rule.replace("host: web", "host: {name: }")))
                .isEqualTo(Severity.ERROR);
        assertThat(severity(IstioObjectsValid.FIELD_UNKNOWN, rule.replace("host: web", "host: web, name: \"${NAME}\"")))
                .isEqualTo(Severity.ERROR);
    }

    @Test
    void an_object_of_which_several_versions_are_written_weighs_less() {
        assertThat(severity(RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY, SHOP.concat(route("gone", 200))))
                .isEqualTo(Severity.ERROR);
        assertThat(severity(
                        RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY,
                        "%s%s---\n%s".formatted(SHOP, route("gone", 200), route("gone", 200))))
                .isEqualTo(Severity.ERROR);
        assertThat(severity(
                        RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY,
                        "%s%s---\n%s".formatted(SHOP, route("gone", 200), route("gone", 503))))
                .isEqualTo(Severity.WARNING);
    }

    private static String route(String gateway, int status) {
        return """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec: {hosts: [web.example.com], gateways: [%s], http: [{directResponse: {status: %d}}]}
            """.formatted(gateway, status);
    }

    @Test
    void a_service_without_a_namespace_may_be_the_one_that_a_route_means() {
        String route = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec: {hosts: [web], http: [{route: [{destination: {host: web}}]}]}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: other, namespace: shop}, spec: {ports: [{port: 80}]}}
            ---
            """;

        assertThat(severity(RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST, route)).isEqualTo(Severity.ERROR);
        assertThat(severity(
                        RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST,
                        route.concat(
                                "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}")))
                .isEqualTo(Severity.INFO);
    }

    @Test
    void a_service_without_a_namespace_far_away_tells_nothing_of_a_route_without_one() {
        String route = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web}
            spec: {hosts: [web], http: [{route: [{destination: {host: web}}]}]}
            """;
        String service = "{apiVersion: v1, kind: Service, metadata: {name: other}, spec: {ports: [{port: 80}]}}";

        assertThat(of(route, "shop/istio/web.yaml", service, "shop/apps/other.yaml"))
                .isEqualTo(Severity.ERROR);
        assertThat(of(route, "demos/one/istio/web.yaml", service, "demos/two/apps/other.yaml"))
                .isEqualTo(Severity.INFO);
    }

    private static Severity of(String route, String file, String service, String other) {
        return beside(RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST, route, file, service, other);
    }

    private static Severity beside(Rule rule, String route, String file, String service, String other) {
        return Checks.run(
                        new ManifestReader()
                                .text(file, route)
                                .text(other, service)
                                .read(),
                        Optional.empty())
                .all()
                .stream()
                .filter(finding -> finding.rule() == rule)
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_kustomize_adds_to_a_base_is_there() {
        String web = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec: {template: {metadata: {labels: {run: web}}, spec: {containers: [{name: web, image: web}]}}}
            """;
        String overlay = "resources: [../base]\ncommonLabels: {app: web}";

        assertThatThrownBy(() -> built(web, overlay, "resources: [web.yaml]"))
                .as("no finding of the schema")
                .isInstanceOf(NoSuchElementException.class);
        assertThat(built(web, "resources: [../base]", "resources: [web.yaml]")).isEqualTo(Severity.ERROR);
    }

    @Test
    void what_a_base_lacks_may_come_from_kustomize_and_what_it_says_does_not() {
        String change = "patches: [{path: env/web.yaml}]";
        String web = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}}
            """;
        String overlay = "resources: [../base]\n".concat(change);
        String base = "resources: [web.yaml]";

        assertThat(built(web, overlay, base)).isEqualTo(Severity.INFO);
        assertThat(built(web, base, overlay.replace("../base", "./web.yaml"))).isEqualTo(Severity.INFO);
        assertThat(built(web, "resources: [../base]", base)).isEqualTo(Severity.ERROR);
        String made = "resources: [../base]\npatches: [{target: {kind: %s}, patch: '[{op: add, path: /spec/replicas,"
                + " value: 2}]'}]";
        for (String kind : List.of("Deployment", "StatefulSet")) {
            assertThat(built(web, made.formatted(kind), base))
                    .as("nothing adds the selector")
                    .isEqualTo(Severity.ERROR);
        }
        for (String unseen : List.of("transformers: [any.yaml]", "vars: [{name: A}]", "configurations: [any.yaml]")) {
            assertThat(built(web, "resources: [../base]\n".concat(unseen), base))
                    .isEqualTo(Severity.INFO);
        }
        assertThat(built(
                        web.replace("template: {", "replicas: -1, selector: {matchLabels: {app: web}}, template: {"),
                        "resources: [../base]\ntransformers: [any.yaml]",
                        base))
                .isEqualTo(Severity.INFO);
        assertThat(built(
                        web.replace("image: web", "image: web, volumeMounts: [{name: data, mountPath: /data}]")
                                .replace("template: {", "selector: {matchLabels: {app: web}}, template: {"),
                        overlay,
                        base))
                .isEqualTo(Severity.INFO);
        assertThat(built(
                        web.replace("template: {", "replicas: -1, selector: {matchLabels: {app: web}}, template: {"),
                        overlay,
                        base))
                .isEqualTo(Severity.ERROR);
    }

    private static Severity built(String object, String overlay, String base) {
        return Checks.run(
                        new ManifestReader()
                                .text("base/web.yaml", object)
                                .text("base/kustomization.yaml", base)
                                .text("overlay/kustomization.yaml", overlay)
                                .read(),
                        Optional.empty())
                .all()
                .stream()
                .filter(finding -> finding.rule() == ObjectsValid.OBJECT_REFUSED)
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void installations_beside_each_other_leave_open_which_of_them_has_a_provider() {
        String policy = """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: web, namespace: shop}
            spec: {action: CUSTOM, provider: {name: gone}, rules: [{}]}
            """;
        String installation = """
            ---
            apiVersion: install.istio.io/v1alpha1
            kind: IstioOperator
            metadata: {name: %s}
            spec: {revision: "%s", meshConfig: {extensionProviders: [{name: spans, zipkin: {service: z, port: 9411}}]}}
            """;

        assertThat(severity(ProvidersKnown.PROVIDER_UNKNOWN, policy.concat(installation.formatted("east", ""))))
                .isEqualTo(Severity.ERROR);
        assertThat(severity(
                        ProvidersKnown.PROVIDER_UNKNOWN,
                        "%s%s%s"
                                .formatted(
                                        policy,
                                        installation.formatted("east", ""),
                                        installation.formatted("west", ""))))
                .isEqualTo(Severity.INFO);
    }

    @Test
    void several_versions_of_an_object_matter_where_they_are_for_one_namespace() {
        String config = "{apiVersion: v1, kind: ConfigMap, metadata: {name: web}, data: {key: %s}}";

        assertThat(beside(
                        OneObjectPerName.OBJECT_WRITTEN_TWICE,
                        config.formatted("a"),
                        "shop/one.yaml",
                        config.formatted("b"),
                        "shop/two.yaml"))
                .isEqualTo(Severity.WARNING);
        assertThat(beside(
                        OneObjectPerName.OBJECT_WRITTEN_TWICE,
                        config.formatted("a"),
                        "install/v1/base/web.yaml",
                        config.formatted("b"),
                        "install/v2/base/web.yaml"))
                .isEqualTo(Severity.INFO);
        String placed = config.replace("name: web", "name: web, namespace: shop");
        assertThat(beside(
                        OneObjectPerName.OBJECT_WRITTEN_TWICE,
                        placed.formatted("a"),
                        "install/v1/base/web.yaml",
                        placed.formatted("b"),
                        "install/v2/base/web.yaml"))
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void the_ports_and_pods_of_a_sample_far_away_tell_nothing_of_another_one() {
        String route = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web}
            spec: {hosts: [web], http: [{route: [{destination: {host: web, subset: v1, port: {number: 81}}}]}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: web}
            spec: {host: web, subsets: [{name: v1, labels: {version: v1}}]}
            """;
        String api = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web}
            spec: {rules: [{backendRefs: [{name: web, port: 81}]}]}
            """;
        String service = """
            {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: web}}, spec: {containers: [{name: a, image: b}]}}
            """;

        for (Rule rule : List.of(RouteToKnownPort.ROUTE_TO_UNKNOWN_PORT, SubsetSelectsPods.SUBSET_SELECTS_NO_POD)) {
            assertThat(beside(rule, route, "shop/istio/web.yaml", service, "shop/apps/web.yaml"))
                    .isEqualTo(Severity.ERROR);
            assertThat(beside(rule, route, "demos/one/istio/web.yaml", service, "demos/two/apps/web.yaml"))
                    .isEqualTo(Severity.INFO);
        }
        assertThat(beside(
                        RouteToKnownPort.ROUTE_TO_UNKNOWN_PORT,
                        api,
                        "shop/istio/web.yaml",
                        service,
                        "shop/apps/web.yaml"))
                .isEqualTo(Severity.ERROR);
        assertThat(beside(
                        RouteToKnownPort.ROUTE_TO_UNKNOWN_PORT,
                        api,
                        "demos/one/istio/web.yaml",
                        service,
                        "demos/two/apps/web.yaml"))
                .isEqualTo(Severity.INFO);
    }

    /** Samples of one project beside each other, of which one alone is applied. */
    @Test
    void a_gateway_of_another_sample_says_nothing_of_a_route() {
        String gateway = """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: public, namespace: shop}
            spec:
              selector: {istio: own}
              servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["%s"]}]
            ---
            """;
        String pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: own, namespace: shop, labels: {istio: own}}
            spec: {containers: [{name: istio-proxy, image: auto}]}
            ---
            """;
        String route = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec: {hosts: [web.example.org], gateways: [public], exportTo: [%s], http: [{directResponse: {status: 200}}]}
            """;
        String one = gateway.formatted("a.example.org");

        assertThat(severity(HostServedByGateway.HOST_NOT_SERVED, one + route.formatted("'*'")))
                .isEqualTo(Severity.WARNING);
        assertThat(severity(
                        HostServedByGateway.HOST_NOT_SERVED,
                        one + gateway.formatted("web.example.org") + route.formatted("'*'")))
                .isEqualTo(Severity.INFO);
        String served = gateway.formatted("web.example.org") + pod;
        assertThat(severity(RouteShownToGateway.ROUTE_HIDDEN_FROM_GATEWAY, served + route.formatted("edge")))
                .isEqualTo(Severity.INFO);
        assertThat(severity(
                        RouteShownToGateway.ROUTE_HIDDEN_FROM_GATEWAY,
                        served
                                + pod.replace("namespace: shop", "namespace: edge")
                                        .replace("istio: own", "app: x")
                                + route.formatted("edge")))
                .isEqualTo(Severity.ERROR);
        String two = served.replace("istio: own", "istio: one") + served + pod.replace("shop", "edge");
        assertThat(check(two + route.formatted("edge")).all())
                .noneMatch(finding -> finding.rule() == RouteShownToGateway.ROUTE_HIDDEN_FROM_GATEWAY);
    }

    @Test
    void a_name_of_the_mesh_needs_no_route_at_a_gateway_for_a_domain_around_it() {
        String text = """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: between-clusters, namespace: edge}
            spec:
              selector: {istio: own}
              servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.%1$s"]}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec: {hosts: [web.far.svc.cluster.%1$s], http: [{directResponse: {status: 200}}]}
            """;

        assertThat(severity(OutsideHostIsBound.HOST_WITHOUT_GATEWAY, text.formatted("example")))
                .isEqualTo(Severity.WARNING);
        assertThat(check(text.formatted("local")).all())
                .extracting(Finding::rule)
                .doesNotContain(OutsideHostIsBound.HOST_WITHOUT_GATEWAY);
    }

    /** What is filled in for another Gateway changes nothing of the one that a route names. */
    @Test
    void a_route_is_judged_by_the_gateway_that_it_names() {
        String gateway = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: %s, namespace: edge}
            spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP, hostname: "%s"}]}
            ---
            """;
        String route = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web, namespace: shop}
            spec: {parentRefs: [{name: public, namespace: edge}], rules: []}
            """;

        assertThat(severity(
                        ApiRoutesAdmitted.ROUTE_NOT_ADMITTED,
                        gateway.formatted("public", "a.example.org") + gateway.formatted("other", "${HOST}") + route))
                .isEqualTo(Severity.ERROR);
        assertThat(severity(ApiRoutesAdmitted.ROUTE_NOT_ADMITTED, gateway.formatted("public", "${HOST}") + route))
                .isEqualTo(Severity.INFO);
    }

    @Test
    void a_gateway_without_a_namespace_may_be_the_one_that_a_route_means() {
        String gateway = """
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: %s}
            spec: {servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
            """;
        String route = SHOP.concat(route("shop/edge", 200));

        assertThat(severity(RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY, route.concat(gateway.formatted("other"))))
                .isEqualTo(Severity.ERROR);
        assertThat(severity(RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY, route.concat(gateway.formatted("edge"))))
                .isEqualTo(Severity.INFO);
    }

    @Test
    void a_field_of_a_definition_of_others_may_belong_to_another_release() {
        String route = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web, namespace: shop}
            spec: {rules: [{sessionStickiness: {type: Cookie}}]}
            """;
        String rule = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: web, namespace: shop}
            spec: {host: web, stickiness: {}}
            """;

        assertThat(severity(ObjectsValid.FIELD_DROPPED, route)).isEqualTo(Severity.WARNING);
        assertThat(severity(IstioObjectsValid.FIELD_UNKNOWN, rule)).isEqualTo(Severity.ERROR);
    }

    @Test
    void an_encrypted_secret_and_a_field_without_a_value_break_no_schema() {
        assertThat(check("""
            apiVersion: v1
            kind: Secret
            metadata: {name: web, namespace: shop}
            data: {password: "ENC[AES256_GCM,data:x,tag:y]"}
            sops: {mac: "ENC[AES256_GCM,data:x,tag:y]", version: 3.9.0}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: web, namespace: shop}
            nothing: null
            """).all()).isEmpty();
    }

    @Test
    void a_subset_to_which_no_route_leads_harms_nobody_yet() {
        String rule = """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: web, namespace: shop}
            spec: {host: web, subsets: [{name: v2, labels: {version: v2}}]}
            ---
            """;

        assertThat(severity(SubsetSelectsPods.SUBSET_SELECTS_NO_POD, rule)).isEqualTo(Severity.WARNING);
        assertThat(severity(SubsetSelectsPods.SUBSET_SELECTS_NO_POD, rule.concat("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec: {hosts: [web], http: [{route: [{destination: {host: web, subset: v2}}]}]}
            """)))
                .isEqualTo(Severity.ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a, namespace: %s}, spec:"
                        + " {interval: 1h, chart: {spec: {chart: grafana, sourceRef: {kind: HelmRepository, name: a}}}}}",
                "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a, namespace: flux}, spec:"
                        + " {targetNamespace: %s, interval: 1h,"
                        + " chart: {spec: {chart: grafana, sourceRef: {kind: HelmRepository, name: a}}}}}",
                "{apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a, namespace: kube-system},"
                        + " spec: {targetNamespace: %s, chart: grafana}}",
                "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a, namespace: argocd}, spec:"
                        + " {project: a, destination: {namespace: %s}, source: {repoURL: charts.example.com, chart:"
                        + " grafana, targetRevision: 1.2.3}}}"
            })
    void a_service_that_a_chart_may_make_is_a_note(String installer) {
        String route = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: other, namespace: watching}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: grafana, namespace: watching}
            spec: {hosts: [grafana.example.com], http: [{route: [{destination: {host: grafana, port: {number: 80}}}]}]}
            """;

        assertThat(severity(
                        RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST,
                        installer.formatted("watching").concat("\n").concat(route)))
                .isEqualTo(Severity.INFO);
        assertThat(severity(
                        RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST,
                        installer.formatted("elsewhere").concat("\n").concat(route)))
                .isEqualTo(Severity.ERROR);
    }

    @Test
    void a_set_of_applications_whose_charts_are_generated_may_make_any_service() {
        String set = """
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: {name: addons, namespace: argocd}
            spec:
              generators: [{clusters: {}}]
              template:
                metadata: {name: addons}
                spec:
                  project: default
                  destination: {namespace: argocd}
                  source: {repoURL: git.example.com, path: "%s", helm: {}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: other, namespace: shop}, spec: {ports: [{port: 80}]}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec: {hosts: [web.example.com], http: [{route: [{destination: {host: web}}]}]}
            """;

        assertThat(severity(RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST, set.formatted("{{path}}")))
                .isEqualTo(Severity.INFO);
        assertThat(severity(RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST, set.formatted("addons")))
                .isEqualTo(Severity.ERROR);
    }

    @Test
    void an_istiod_tells_nothing_of_gateways() {
        String gateway = """
            apiVersion: install.istio.io/v1alpha1
            kind: IstioOperator
            spec: {profile: minimal, tag: 1.26.2}
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: web, namespace: istio-system}
            spec:
              selector: {istio: ingressgateway}
              servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [web.example.com]}]
            """;
        String other = """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: edge, namespace: istio-system}
            spec:
              selector: {matchLabels: {istio: edge}}
              template:
                metadata:
                  labels: {istio: edge, sidecar.istio.io/inject: "true"}
                  annotations: {inject.istio.io/templates: gateway}
                spec: {containers: [{name: istio-proxy, image: auto}]}
            """;

        assertThat(severity(GatewaySelectsPods.GATEWAY_SELECTS_NO_POD, gateway)).isEqualTo(Severity.INFO);
        assertThat(severity(GatewaySelectsPods.GATEWAY_SELECTS_NO_POD, gateway.concat(other)))
                .isEqualTo(Severity.ERROR);
    }

    @Test
    void copies_of_objects_are_told_once_and_change_nothing_else() {
        String route = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec: {hosts: [web], http: [{route: [{destination: {host: gone}}]}]}
            """;

        assertThat(check(route.repeat(5)).all().stream()
                        .filter(finding -> finding.rule() != OneObjectPerName.OBJECT_WRITTEN_TWICE)
                        .map(Finding::toString)
                        .toList())
                .isEqualTo(check(route).all().stream().map(Finding::toString).toList());
        assertThat(check(route.repeat(5)).all().stream()
                        .filter(finding -> finding.rule() == OneObjectPerName.OBJECT_WRITTEN_TWICE))
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO, Severity.INFO);
    }

    @Test
    void what_kustomize_builds_with_a_remote_base_is_a_note() {
        String files = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [route.yaml%s]\n";
        String route = SHOP.concat(
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web},"
                        + " ports: [{name: http, port: 80}]}}\n"
                        + "---\n"
                        + "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace:"
                        + " shop}, spec: {hosts: [web], http: [{route: [{destination: {host: gone}}]}]}}");

        assertThat(built(files.formatted(""), route)).isEqualTo(Severity.ERROR);
        assertThat(built(files.formatted(", \"https://git.example.org/base?ref=v1\""), route))
                .isEqualTo(Severity.INFO);
    }

    private static Severity built(String kustomization, String route) {
        var reading = new ManifestReader()
                .text("a/kustomization.yaml", kustomization)
                .text("a/route.yaml", route)
                .read();
        return Checks.run(reading, Optional.empty()).all().stream()
                .filter(finding -> finding.rule().code().equals("MESH122"))
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_is_not_there_of_a_namespace_that_is_given_in_part_is_a_note() {
        String part = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec:"
                + " {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers:"
                + " [{name: web, image: web}]}}}}\n"
                + "---\n"
                + "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop},"
                + " spec: {selector: {matchLabels: {app: wed}}, rules: [{from: [{source: {principals:"
                + " [cluster.local/ns/shop/sa/other]}}]}]}}";

        for (String code : new String[] {"MESH197", "MESH212"}) {
            assertThat(severity(code, part)).as(code).isEqualTo(Severity.INFO);
            assertThat(severity(code, SHOP.concat(part))).as(code).isEqualTo(Severity.WARNING);
        }
    }

    @Test
    void a_selector_of_the_root_namespace_is_judged_where_all_that_it_may_mean_is_given() {
        String root = "{apiVersion: v1, kind: Namespace, metadata: {name: istio-system}}\n"
                + "---\n"
                + "{apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: {name: i, namespace:"
                + " istio-system}, spec: {profile: default}}\n"
                + "---\n"
                + "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: p, namespace:"
                + " istio-system}, spec: {selector: {matchLabels: {app: gone}}, mtls: {mode: STRICT}}}\n"
                + "---\n";
        String web = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {selector:"
                + " {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers:"
                + " [{name: web, image: web}]}}}}";

        assertThat(severity("MESH197", root.concat(SHOP))).isEqualTo(Severity.INFO);
        assertThat(severity("MESH197", root.concat(SHOP).concat(web))).isEqualTo(Severity.WARNING);
    }

    @Test
    void a_service_of_a_rollouts_experiment_is_not_missed() {
        String shop = SHOP.concat(
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web},"
                        + " ports: [{name: http, port: 80}]}}\n"
                        + "---\n"
                        + "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace:"
                        + " shop}, spec: {hosts: [web], http: [{route: [{destination: {host: trial}}]}]}}");
        String rollout = "\n"
                + "---\n"
                + "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: web, namespace: shop}, spec:"
                + " {selector: {matchLabels: {app: web}}, strategy: {canary: {steps: [{experiment: {templates:"
                + " [{name: a, specRef: canary, service: {name: trial}}]}}]}}, template: {metadata: {labels: {app:"
                + " web}}, spec: {containers: [{name: web, image: web}]}}}}";

        assertThat(severity("MESH122", shop)).isEqualTo(Severity.ERROR);
        assertThat(check(shop.concat(rollout)).all())
                .noneMatch(finding -> finding.rule().code().equals("MESH122"));
    }

    private static Severity severity(String code, String text) {
        return check(text).all().stream()
                .filter(finding -> finding.rule().code().equals(code))
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }

    private static Severity beside(String kustomization, Rule rule, String file, String text) {
        return Checks.run(
                        new ManifestReader()
                                .text("a/kustomization.yaml", kustomization)
                                .text(file, text)
                                .read(),
                        Optional.empty())
                .all()
                .stream()
                .filter(finding -> finding.rule() == rule)
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_the_kustomization_beside_it_leaves_out_is_a_note() {
        String half = """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop},
              spec: {template: {spec: {containers: [{name: web, image: web}]}}}}
            """;
        Rule refused = ObjectsValid.OBJECT_REFUSED;

        assertThat(beside("resources: [route.yaml]\n", refused, "a/web.yaml", half))
                .isEqualTo(Severity.INFO);
        assertThat(beside("resources: [web.yaml]\n", refused, "a/web.yaml", half))
                .isEqualTo(Severity.ERROR);
        assertThat(beside("resources: [route.yaml]\n", refused, "b/web.yaml", half))
                .isEqualTo(Severity.ERROR);
        // A kustomization that reads nothing, such as one of patches alone, leaves nothing out.
        assertThat(beside("namespace: shop\n", refused, "a/web.yaml", half)).isEqualTo(Severity.ERROR);
    }

    @Test
    void what_is_encrypted_is_a_note() {
        String route = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec: {hosts: [ENC], gateways: [gone], http: [{route: [{destination: {host: web}}]}]}
            """;

        assertThat(severity(RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY, SHOP.concat(route)))
                .isEqualTo(Severity.ERROR);
        assertThat(severity(
                        RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY,
                        SHOP.concat(route).concat("sops: {mac: 'ENC[AES256_GCM,data:AAAA,type:str]'}\n")))
                .isEqualTo(Severity.INFO);
    }

    @Test
    void a_provider_may_stand_in_values_that_are_not_given() {
        String policy = """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: web, namespace: shop}
            spec: {action: CUSTOM, provider: {name: users}, rules: [{}]}
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: istiod, namespace: istio-system}
            spec: {chart: {spec: {chart: istiod, version: 1.30.5}}%s}
            """;

        assertThat(check(policy.formatted(", values: {revision: a}")).all())
                .extracting(finding -> finding.rule().code())
                .contains("MESH298");
        assertThat(check(policy.formatted(", valuesFrom: [{kind: Secret, name: mesh}]"))
                        .all())
                .extracting(finding -> finding.rule().code())
                .doesNotContain("MESH298");
    }

    @Test
    void a_gateway_that_istioctl_installs_is_not_missing_beside_add_ons() {
        String addOns = """
            {apiVersion: v1, kind: Service, metadata: {name: kiali, namespace: istio-system}, spec: {ports: [{port: 20001, name: http}]}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: out, namespace: shop}
            spec: {hosts: [example.org], http: [{route: [{destination: {host: %s.istio-system.svc.cluster.local}}]}]}
            """;
        String installed = "---\n{apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: {name: i,"
                + " namespace: istio-system}, spec: {profile: minimal}}";

        assertThat(severity("MESH122", addOns.formatted("istio-egressgateway"))).isEqualTo(Severity.INFO);
        assertThat(severity("MESH122", addOns.formatted("istio-egressgateway").concat(installed)))
                .isEqualTo(Severity.ERROR);
        assertThat(severity("MESH122", addOns.formatted("grafana"))).isEqualTo(Severity.ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"${DOMAIN}\"', INFO",
        "$(DOMAIN), INFO",
        "api.SHOP_NAMESPACE.svc.cluster.local, INFO",
        "gone.shop.svc.cluster.local, WARNING"
    })
    void a_warning_about_a_value_that_is_yet_to_be_written_is_a_note(String host, Severity expected) {
        String rule = SHOP.concat(
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{name: http,"
                        + " port: 80}]}}\n---\n"
                        + "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace:"
                        + " shop}, spec: {host: %s}}".formatted(host));

        assertThat(severity("MESH171", rule)).isEqualTo(expected);
    }

    @Test
    void an_old_word_in_capital_letters_is_written_already() {
        assertThat(severity(
                        "MESH282",
                        "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace: shop},"
                                + " spec: {host: web, trafficPolicy: {loadBalancer: {simple: LEAST_CONN}}}}"))
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void what_overlays_make_of_one_object_are_no_rivals() {
        String base = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [all.yaml]\n";
        String overlay = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\n"
                + "namePrefix: %s-\nresources: [../base]\n";
        String policy = "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: %s%s}, spec:"
                + " {mtls: {mode: STRICT}}}\n";
        ManifestReader reader = new ManifestReader()
                .text("base/kustomization.yaml", base)
                .text("base/all.yaml", policy.formatted("default", ""))
                .text("dev/kustomization.yaml", overlay.formatted("dev"))
                .text("local/kustomization.yaml", overlay.formatted("local"));

        assertThat(Checks.run(reader.read(), Optional.empty()).all())
                .extracting(finding -> finding.rule().code())
                .doesNotContain("MESH195");
        reader.text("own.yaml", policy.formatted("own", ", namespace: shop"));
        assertThat(Checks.run(reader.read(), Optional.empty()).all())
                .extracting(finding -> finding.rule().code())
                .contains("MESH195");
    }

    @ParameterizedTest
    @CsvSource({"FluxInstance, false", "ResourceSet, false", "GitRepository, false", "Deployment, true"})
    void the_operator_of_flux_lets_alerts_name_its_own_kinds(String kind, boolean refused) {
        String alert =
                "{apiVersion: notification.toolkit.fluxcd.io/v1beta3, kind: Alert, metadata: {name: a, namespace:"
                        + " flux-system}, spec: {providerRef: {name: p}, eventSources: [{kind: %s, name: flux}]}}"
                                .formatted(kind);

        assertThat(check(alert).all().stream()
                        .anyMatch(finding -> finding.rule().code().equals("MESH110")))
                .isEqualTo(refused);
    }

    /** A word of Istio's is no word that somebody will replace. */
    @Test
    void words_of_an_api_are_not_filled_in_later() {
        String filter = """
            apiVersion: networking.istio.io/v1alpha3
            kind: EnvoyFilter
            metadata: {name: a, namespace: shop}
            spec:
              configPatches:
                - {applyTo: CLUSTER, patch: {operation: REPLACE, value: {}}}
                - {applyTo: HTTP_FILTER, match: {proxy: {proxyVersion: ^1}}, patch: {operation: INSERT_FIRST, value: {name: b}}}
                - {applyTo: HTTP_FILTER, patch: {operation: INSERT_BEFORE, value: {name: b}}}
            """;

        assertThat(check(filter).all())
                .filteredOn(finding ->
                        List.of("MESH292", "MESH295").contains(finding.rule().code()))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR, Severity.WARNING);
    }

    /** kubectl apply adds it to the Deployment that the release of the program has made. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: server, args: [--secure=false]}              |                                   | INFO",
                "{name: server, image: server, args: [--secure=false]} |                                 | ERROR",
                "{name: server, args: [--secure=false]}              | 'selector: {matchLabels: {app: a}},' | ERROR"
            })
    void a_workload_that_runs_and_selects_nothing_is_a_part_of_one(
            String container, String selector, Severity severity) {
        String deployment =
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: server, namespace: shop}, spec: {%s template:"
                        + " {metadata: {labels: {app: a}}, spec: {containers: [%s]}}}}";

        assertThat(severity(
                        ObjectsValid.OBJECT_REFUSED, deployment.formatted(selector == null ? "" : selector, container)))
                .isEqualTo(severity);
        assertThat(beside(
                        "resources: [web.yaml]\n",
                        ObjectsValid.OBJECT_REFUSED,
                        "a/web.yaml",
                        deployment.formatted(selector == null ? "" : selector, container)))
                .isEqualTo(Severity.ERROR);
    }

    private static final String DELEGATE = "---\n{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata:"
            + " {name: web, namespace: shop}, spec: {%shttp: [{directResponse: {status: 200}}]}}\n";

    @Test
    void an_empty_list_of_hosts_is_left_to_be_filled_in() {
        assertThat(severity(DelegatesMeet.ROUTE_WITHOUT_HOSTS, DELEGATE.formatted("hosts: [], gateways: [], ")))
                .isEqualTo(Severity.INFO);
        assertThat(severity(DelegatesMeet.ROUTE_WITHOUT_HOSTS, DELEGATE.formatted("")))
                .isEqualTo(Severity.ERROR);
    }

    @ParameterizedTest
    @CsvSource({"'', INFO", "', istio.io/use-waypoint: w', WARNING"})
    void a_protocol_is_guessed_in_ambient_mode_where_somebody_may_guess(String label, Severity severity) {
        String ambient = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient%s}}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {selector: {app: db},
              ports: [{port: 5432}]}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: db, namespace: shop}, spec: {
              selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}},
              spec: {containers: [{name: db, image: db, ports: [{containerPort: 5432}]}]}}}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: job, namespace: untold}, spec: {
              selector: {matchLabels: {app: job}}, template: {metadata: {labels: {app: job}},
              spec: {containers: [{name: job, image: job}]}}}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: w, namespace: shop}, spec: {
              gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}}
            """;

        assertThat(severity(PortProtocolNamed.PORT_PROTOCOL_GUESSED, ambient.formatted(label)))
                .isEqualTo(severity);
    }

    @Test
    void a_workload_without_containers_is_laid_over_that_of_a_chart_in_its_namespace() {
        String part = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: admission, namespace: policies}
                spec:
                  selector: {matchLabels: {app: admission}}
                  template: {metadata: {labels: {app: admission}}, spec: {nodeSelector: {disk: fast}}}
                """;
        String chart = """
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: policies, namespace: policies}
                spec:
                  interval: 1h
                  chart: {spec: {chart: kyverno, version: "3", sourceRef: {kind: HelmRepository, name: kyverno}}}
                """;

        assertThat(severity(ObjectsValid.OBJECT_REFUSED, part)).isEqualTo(Severity.ERROR);
        assertThat(severity(ObjectsValid.OBJECT_REFUSED, part.concat(chart))).isEqualTo(Severity.INFO);
    }

    @Test
    void an_address_of_capitals_is_one_to_fill_in() {
        String gateway = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: far, namespace: edge}
                spec:
                  gatewayClassName: istio-remote
                  addresses: [{type: IPAddress, value: %s}]
                  listeners: [{name: tunnel, port: 15008, protocol: HBONE}]
                """;

        assertThat(severity(ObjectsValid.OBJECT_REFUSED, gateway.formatted("EW_GW_ADDRESS_CLUSTER2")))
                .isEqualTo(Severity.INFO);
        assertThat(severity(ObjectsValid.OBJECT_REFUSED, gateway.formatted("gateway-of-cluster-2")))
                .isEqualTo(Severity.ERROR);
    }

    @Test
    void a_rollout_means_the_version_of_its_virtual_service_that_it_fits() {
        String rollout = """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: web, namespace: shop}
                spec:
                  selector: {matchLabels: {app: web}}
                  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}
                  strategy:
                    canary:
                      stableService: stable
                      canaryService: canary
                      trafficRouting: {istio: {virtualService: {name: web}}}
                """;
        String route = """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: web, namespace: shop}
                spec:
                  hosts: [web.example.org]
                  http: [{route: [{destination: {host: %s}}, {destination: {host: %s}}]}]
                """;

        assertThat(check(rollout.concat(route.formatted("active", "preview"))).all())
                .extracting(Finding::rule)
                .contains(RolloutsShift.ROLLOUT_SHIFTS_NOTHING);
        assertThat(check(rollout.concat(route.formatted("active", "preview"))
                                .concat(route.formatted("stable", "canary")))
                        .all())
                .extracting(Finding::rule)
                .doesNotContain(RolloutsShift.ROLLOUT_SHIFTS_NOTHING);
    }

    @Test
    void a_namespace_of_add_ons_seldom_lies_beside_what_names_it() {
        String policy = SHOP.concat("""
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: scrapes, namespace: shop}
                spec: {rules: [{from: [{source: {namespaces: [%s]}}]}]}
                """);

        assertThat(severity(NamespacesAndHostsKnown.SOURCE_NAMESPACE_UNKNOWN, policy.formatted("monitoring")))
                .isEqualTo(Severity.INFO);
        assertThat(severity(NamespacesAndHostsKnown.SOURCE_NAMESPACE_UNKNOWN, policy.formatted("bnak")))
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void values_beside_objects_tell_of_a_chart_that_somebody_installs_there() {
        String route = """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: web, namespace: shop}
                spec: {hosts: [web.example.org], http: [{route: [{destination: {host: web}}]}]}
                """;
        String other =
                "{apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {ports: [{name: tcp, port: 1}]}}";
        String values = "controllers: {web: {}}";

        assertThat(unknownHost(
                        new ManifestReader().text("apps/web/route.yaml", route).text("apps/db/db.yaml", other)))
                .isEqualTo(Severity.ERROR);
        assertThat(unknownHost(new ManifestReader()
                        .text("apps/web/route.yaml", route)
                        .text("apps/web/values.yaml", values)
                        .text("apps/db/db.yaml", other)))
                .isEqualTo(Severity.INFO);
        assertThat(unknownHost(new ManifestReader()
                        .text("apps/web/route.yaml", route)
                        .text("apps/web/values.yaml", values)
                        .text("apps/web/Chart.yaml", "{apiVersion: v2, name: web, version: 1.0.0}")
                        .text("apps/db/db.yaml", other)))
                .isEqualTo(Severity.ERROR);
        assertThat(unknownHost(new ManifestReader()
                        .text("apps/web/route.yaml", route.replace("{host: web}", "{host: db.example.org}"))
                        .text("apps/web/values.yaml", values)
                        .text("apps/db/db.yaml", other)))
                .isEqualTo(Severity.ERROR);
        assertThat(unknownHost(new ManifestReader()
                        .text("apps/web/route.yaml", route)
                        .text("apps/other/values.yaml", values)
                        .text("apps/db/db.yaml", other)))
                .isEqualTo(Severity.ERROR);
    }

    private static Severity unknownHost(ManifestReader reader) {
        return Checks.run(reader.read(), Optional.empty()).all().stream()
                .filter(finding -> finding.rule() == RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST)
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"kiali, INFO", "kila, ERROR"})
    void add_ons_of_istios_samples_are_installed_elsewhere(String name, Severity severity) {
        assertThat(severity(RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST, """
                {apiVersion: v1, kind: Service, metadata: {name: edge, namespace: istio-system}, spec: {ports: [{name: tcp, port: 1}]}}
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: web, namespace: istio-system}
                spec: {hosts: [web.example.org], http: [{route: [{destination: {host: %s}}]}]}
                """.formatted(name)))
                .isEqualTo(severity);
    }

    @Test
    void one_version_of_a_namespace_is_enough_to_use_a_waypoint() {
        String waypoint = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: halfway, namespace: stock}
                spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: stock, labels: {istio.io/dataplane-mode: ambient%s}}}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: stock, labels: {istio.io/dataplane-mode: ambient}}}
                """;

        assertThat(check(waypoint.formatted("")).all())
                .extracting(finding -> finding.rule().code())
                .contains("MESH331");
        assertThat(check(waypoint.formatted(", istio.io/use-waypoint: halfway")).all())
                .extracting(finding -> finding.rule().code())
                .doesNotContain("MESH331");
    }

    @Test
    void flagger_makes_services_later() {
        String canary = """
                {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{name: http, port: 80}]}}
                ---
                apiVersion: flagger.app/v1beta1
                kind: Canary
                metadata: {name: web, namespace: shop}
                spec: {targetRef: {kind: Deployment, name: web}, service: {port: 80}}
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: web, namespace: shop}
                spec: {hosts: [web.example.org], http: [{route: [{destination: {host: %s}}]}]}
                """;

        assertThat(check(canary.formatted("web-primary")).all())
                .extracting(finding -> finding.rule().code())
                .doesNotContain("MESH122");
        assertThat(check(canary.formatted("web-second")).all())
                .extracting(finding -> finding.rule().code())
                .contains("MESH122");
    }
}
