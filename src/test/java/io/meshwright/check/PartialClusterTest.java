package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.rule.authorization.PrincipalsKnown;
import io.meshwright.check.rule.authorization.PrincipalsProven;
import io.meshwright.check.rule.entry.EgressDeclared;
import io.meshwright.check.rule.gateway.GatewayPortOnService;
import io.meshwright.check.rule.namespace.NamespacesInjected;
import io.meshwright.check.rule.policy.PolicySelectsPods;
import io.meshwright.check.rule.route.RouteToKnownGateway;
import io.meshwright.check.rule.route.RouteToKnownHost;
import io.meshwright.manifest.ManifestReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What charts, operators, templates, other repositories and other versions of an object may hold is not denied. */
class PartialClusterTest {
    private static final String SHOP = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web},
          ports: [{name: http, port: 80}]}}
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {selector: {matchLabels:
          {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web,
          env: [{name: KAFKA, value: "%s"}]}]}}}}
        ---
        """;
    private static final String ROUTE = """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: shop, namespace: shop}
        spec:
          hosts: [shop.example.com]
          gateways: [edge]
          http: [{route: [{destination: {host: db}}]}]
        """;
    private static final String CLUSTER =
            "{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: p, namespace: shop}}\n---\n";
    private static final String ELSEWHERE = "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a,"
            + " namespace: argocd}, spec: {source: {repoURL: r, path: theirs/helm}, destination: {namespace: shop}}}\n---\n";
    private static final String POLICY = """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: db, namespace: shop}
        spec:
          selector: {matchLabels: {app: db}}
          rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/job]}}]}]
        """;

    private static Optional<Severity> severity(Rule rule, Findings findings) {
        return findings.all().stream()
                .filter(finding -> finding.rule() == rule)
                .map(Finding::severity)
                .findFirst();
    }

    private static Findings check(String... documents) {
        return Checks.run(
                ManifestReader.of("ours/web.yaml", String.join("", documents).formatted("nobody")), Optional.empty());
    }

    @Test
    void an_operator_may_make_services_and_pods() {
        assertThat(severity(RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST, check(SHOP, ROUTE)))
                .contains(Severity.ERROR);
        assertThat(severity(RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST, check(SHOP, CLUSTER, ROUTE)))
                .contains(Severity.INFO);
        assertThat(severity(PolicySelectsPods.POLICY_SELECTS_NO_POD, check(SHOP, POLICY)))
                .contains(Severity.WARNING);
        assertThat(severity(PolicySelectsPods.POLICY_SELECTS_NO_POD, check(SHOP, CLUSTER, POLICY)))
                .contains(Severity.INFO);
    }

    @Test
    void an_application_may_bring_what_lies_in_another_repository() {
        assertThat(severity(PrincipalsKnown.PRINCIPAL_UNKNOWN, check(SHOP, POLICY)))
                .contains(Severity.WARNING);
        assertThat(severity(PrincipalsKnown.PRINCIPAL_UNKNOWN, check(SHOP, ELSEWHERE, POLICY)))
                .contains(Severity.INFO);
        assertThat(severity(
                        PrincipalsKnown.PRINCIPAL_UNKNOWN,
                        check(SHOP, ELSEWHERE.replace("theirs/helm", "ours"), POLICY)))
                .contains(Severity.WARNING);
    }

    @Test
    void istios_own_gateways_may_be_installed_by_others() {
        String policy = POLICY.replace("ns/shop/sa/job", "ns/istio-system/sa/%%s");
        String root =
                "{apiVersion: v1, kind: Namespace, metadata: {name: istio-system}}\n---\n{apiVersion: v1, kind: Pod,"
                        + " metadata: {name: kiali, namespace: istio-system}, spec: {containers: [{name: k, image: k}]}}\n---\n";

        for (String account : List.of("istio-ingressgateway", "istio-ingressgateway-service-account")) {
            assertThat(severity(PrincipalsKnown.PRINCIPAL_UNKNOWN, check(SHOP, root, policy.replace("%%s", account))))
                    .contains(Severity.INFO);
        }
        assertThat(severity(PrincipalsKnown.PRINCIPAL_UNKNOWN, check(SHOP, root, policy.replace("%%s", "kiali"))))
                .contains(Severity.WARNING);
    }

    @ParameterizedTest
    @CsvSource({
        "https://kafka.data.svc:9093, INFO",
        "https://kafka.data:9093, ERROR",
        "https://kafka.shop:9093, ERROR",
        "https://kafka.shop.svc:9093, ERROR",
        "https://kafka.example.com:9093, ERROR"
    })
    void a_service_of_a_namespace_of_which_none_is_given_may_be_there(String url, Severity severity) {
        String closed =
                "{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop},"
                        + " spec: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}\n---\n";
        Rule rule = EgressDeclared.EGRESS_UNDECLARED;
        String shop = SHOP.formatted(url);

        assertThat(severity(rule, Checks.run(ManifestReader.of("web.yaml", shop + closed), Optional.empty())))
                .contains(severity);
        if (url.contains(".shop")) {
            assertThat(severity(
                            rule, Checks.run(ManifestReader.of("web.yaml", shop + CLUSTER + closed), Optional.empty())))
                    .contains(Severity.INFO);
        }
    }

    @Test
    void a_document_that_cannot_be_read_may_hold_what_is_missing_beside_it() {
        String broken = "a: {b\n---\n";
        String template = "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Values.name }}, namespace: shop}\n";

        assertThat(severity(RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY, check(SHOP, ROUTE)))
                .contains(Severity.ERROR);
        assertThat(severity(RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY, check(SHOP, broken, ROUTE)))
                .contains(Severity.INFO);
        assertThat(severity(RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY, beside(template, "chart/templates/b.yaml")))
                .contains(Severity.INFO);
        assertThat(severity(RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY, beside(template, "chart/templates/c/d.yaml")))
                .contains(Severity.INFO);
        assertThat(severity(RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY, beside(template, "other/templates/b.yaml")))
                .contains(Severity.ERROR);
        assertThat(severity(RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY, beside("a: 1\n", "chart/templates/b.yaml")))
                .contains(Severity.ERROR);
    }

    private static Findings beside(String text, String file) {
        return Checks.run(
                new ManifestReader()
                        .text("chart/templates/a.yaml", SHOP.formatted("nobody") + ROUTE)
                        .text(file, text)
                        .read(),
                Optional.empty());
    }

    @Test
    void versions_of_a_namespace_leave_it_open_whether_its_pods_have_proxies() {
        String plain = "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n---\n";
        String without = SHOP.replace(", labels: {istio-injection: enabled}", "");
        String policy = POLICY.replace("app: db", "app: web").replace("sa/job", "sa/default");
        String caller =
                "---\n{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: c, namespace:"
                        + " shop}, spec: {rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/default]}}]}]}}\n";

        assertThat(severity(NamespacesInjected.NAMESPACE_NOT_INJECTED, check(without, policy, caller)))
                .isPresent();
        assertThat(severity(NamespacesInjected.NAMESPACE_NOT_INJECTED, check(plain, SHOP, policy, caller)))
                .isEmpty();
        assertThat(severity(PrincipalsProven.PRINCIPAL_OVER_PLAINTEXT, check(plain, SHOP, policy, caller)))
                .isEmpty();
    }

    @Test
    void a_service_of_several_versions_is_named_once() {
        String operator = """
            {apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: {name: %1$s, namespace: istio-system},
              spec: {profile: %1$s}}
            ---
            """;
        Findings findings = check(operator.formatted("default"), operator.formatted("demo"), """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: edge, namespace: shop}
            spec:
              selector: {istio: ingressgateway}
              servers: [{port: {number: 9999, name: tcp, protocol: TCP}, hosts: ["*"]}]
            """);

        assertThat(findings.all())
                .filteredOn(finding -> finding.rule() == GatewayPortOnService.GATEWAY_PORT_WITHOUT_SERVICE)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.message().split("istio-ingressgateway\\.istio-system"))
                        .hasSize(2));
    }
}
