package io.meshwright.house.platform;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.house.Rendering;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.RequestTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Certificates are issued by whom the file names, and what proves its hosts arrives where the authority asks. */
class IssuersTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");
    private static final String ACME = "certificates/ClusterIssuer/letsencrypt";
    private static final int REDIRECTING = 6;
    private static final int PLAIN = 7;

    /** What cert-manager 1.18 to 1.21 makes for one challenge (pkg/issuer/acme/http). */
    private static final String SOLVER = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: cm-acme-http-solver-abcde
          namespace: istio-system
          annotations: {kubernetes.io/ingress.class: istio}
        spec:
          rules:
            - host: web.example.org
              http:
                paths:
                  - path: /.well-known/acme-challenge/token
                    pathType: Exact
                    backend: {service: {name: cm-acme-http-solver-fghij, port: {number: 8089}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cm-acme-http-solver-fghij, namespace: istio-system}
        spec:
          selector: {acme.cert-manager.io/http01-solver: "true"}
          ports: [{name: http, port: 8089, targetPort: 8089}]
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: cm-acme-http-solver-klmno
          namespace: istio-system
          labels: {acme.cert-manager.io/http01-solver: "true"}
        spec:
          containers:
            - {name: acmesolver, image: "quay.io/jetstack/cert-manager-acmesolver:v1.21.1", ports: [{name: http, containerPort: 8089}]}
        """;

    private static String base;
    private static List<JsonNode> issuers;

    @BeforeAll
    static void reads_the_fixtures() throws IOException {
        base = Files.readString(RESOURCES.resolve("agreement/base.yaml"));
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(RESOURCES.resolve("environments/issuers.yaml").toFile())) {
            issuers = documents.readAll();
        }
    }

    @Test
    void are_admitted_by_api_server_and_checks() throws IOException {
        for (int i = 0; i < issuers.size(); i++) {
            assertThat(Checks.run(Rendering.read(objects(i)), Optional.empty()).all())
                    .extracting(Object::toString)
                    .filteredOn(finding -> finding.matches("(gateway|services|certificates)/.*"))
                    .as("document %d", i)
                    .isEmpty();
        }
    }

    @Test
    void route53_is_written_by_a_role_or_by_a_key() throws IOException {
        assertThat(read(objects(0), ACME)).hasJson("/spec/acme/solvers", """
                    [{selector: {dnsZones: ['example.org']},
                      dns01: {route53: {region: 'eu-central-1', hostedZoneID: 'Z0123456789ABCDEFGHIJ'}}}]\
                    """);
        assertThat(manager(objects(0)))
                .has("/serviceAccount/annotations/eks.amazonaws.com~1role-arn", "arn:aws:iam::111122223333:role/dns");
        assertThat(read(objects(1), ACME)).hasJson("/spec/acme/solvers/0/dns01/route53", """
                    {accessKeyIDSecretRef: {name: 'route53', key: 'id'},
                     secretAccessKeySecretRef: {name: 'route53', key: 'key'}}\
                    """);
        assertThat(manager(objects(1))).lacks("/serviceAccount").lacks("/podLabels");
    }

    @Test
    void cloud_dns_is_written_by_workload_identity_or_by_a_key() throws IOException {
        assertThat(read(objects(2), ACME))
                .hasJson(
                        "/spec/acme/solvers/0/dns01",
                        "{cloudDNS: {project: 'shop-prod', hostedZoneName: 'example-org'}}");
        assertThat(manager(objects(2)))
                .has(
                        "/serviceAccount/annotations/iam.gke.io~1gcp-service-account",
                        "dns@shop-prod.iam.gserviceaccount.com");
        assertThat(read(objects(3), ACME)).hasJson("/spec/acme/solvers/0/dns01/cloudDNS", """
                    {project: 'shop-prod', serviceAccountSecretRef: {name: 'clouddns', key: 'key.json'}}\
                    """);
        assertThat(manager(objects(3))).lacks("/serviceAccount");
    }

    @Test
    void azure_dns_is_written_by_workload_identity_or_by_an_application() throws IOException {
        assertThat(read(objects(4), ACME)).hasJson("/spec/acme/solvers/0/dns01/azureDNS", """
                    {subscriptionID: '7c1f5b0e-4a55-4c39-9d7f-0e6e6b6f2a11', resourceGroupName: 'dns',
                     hostedZoneName: 'example.org', environment: 'AzureUSGovernmentCloud',
                     managedIdentity: {clientID: '2b6f7d61-1a0a-4c67-8a36-5c0f4be1d9e4'}}\
                    """);
        assertThat(manager(objects(4))).has("/podLabels/azure.workload.identity~1use", "true");
        assertThat(read(objects(5), ACME)).hasJson("/spec/acme/solvers/0/dns01/azureDNS", """
                    {subscriptionID: '7c1f5b0e-4a55-4c39-9d7f-0e6e6b6f2a11', resourceGroupName: 'dns',
                     environment: 'AzurePublicCloud', clientID: '2b6f7d61-1a0a-4c67-8a36-5c0f4be1d9e4',
                     tenantID: '9d7f5b0e-4a55-4c39-9d7f-0e6e6b6f2a11',
                     clientSecretSecretRef: {name: 'azure-dns', key: 'secret'}}\
                    """);
        assertThat(manager(objects(5))).lacks("/podLabels");
    }

    @Test
    void hosts_outside_the_zones_are_proven_by_ingresses_of_istio() throws IOException {
        assertThat(read(objects(REDIRECTING), ACME)).hasJson("/spec/acme/solvers", """
                    [{selector: {dnsZones: ['example.net']},
                      dns01: {cloudflare: {apiTokenSecretRef: {name: 'token', key: 'key'}}}},
                     {http01: {ingress: {class: 'istio', serviceType: 'ClusterIP'}}}]\
                    """);
        assertThat(manager(objects(PLAIN))).lacks("/dns01RecursiveNameservers");
    }

    @Test
    void the_redirect_is_a_route_of_a_gateway_of_its_own() throws IOException {
        SortedMap<String, String> objects = objects(REDIRECTING);

        assertThat(read(objects, "gateway/Gateway/shop.edge-http")).hasJson("/spec", """
                    {selector: {istio: 'ingressgateway'},
                     servers: [{port: {number: 80, name: 'http', protocol: 'HTTP'}, hosts: ['*.example.org', '*.example.net']}]}\
                    """);
        assertThat(objects.keySet().stream().filter(name -> name.contains("/VirtualService/shop.edge-http-")))
                .containsExactly(
                        "gateway/VirtualService/shop.edge-http-any-example-net",
                        "gateway/VirtualService/shop.edge-http-any-example-org",
                        "gateway/VirtualService/shop.edge-http-api-example-org",
                        "gateway/VirtualService/shop.edge-http-web-example-org");
        assertThat(read(objects, "gateway/VirtualService/shop.edge-http-web-example-org"))
                .hasJson("/spec", """
                    {gateways: ['shop/edge-http'], hosts: ['web.example.org'],
                     http: [{name: 'https', redirect: {scheme: 'https', redirectCode: 301}}]}\
                    """);
        assertThat((Iterable<JsonNode>)
                        read(objects, "gateway/Gateway/shop.edge").at("/spec/servers"))
                .extracting(server -> server.at("/port/number").asInt())
                .containsExactly(443, 443);
        assertThat(read(objects, "services/VirtualService/shop.web-example-org"))
                .hasJson("/spec/gateways", "['shop/edge']");
        assertThat(objects(PLAIN)).doesNotContainKey("gateway/Gateway/shop.edge-http");
    }

    @TestFactory
    Stream<DynamicTest> challenges_arrive_and_all_else_is_redirected() throws IOException {
        return rows(REDIRECTING, "redirecting");
    }

    @TestFactory
    Stream<DynamicTest> challenges_arrive_beside_routes_in_plain_text() throws IOException {
        return rows(PLAIN, "plain");
    }

    @Test
    void checks_find_the_solver_where_the_redirect_lets_it_answer() throws IOException {
        SortedMap<String, String> objects = objects(REDIRECTING);
        objects.put("solver.yaml", SOLVER);

        assertThat(Checks.run(Rendering.read(objects), Optional.empty()).all())
                .extracting(Object::toString)
                .filteredOn(finding -> finding.matches("(gateway|services|certificates)/.*"))
                .isEmpty();
    }

    @Test
    void a_ca_of_ones_own_signs_by_its_secret() throws IOException {
        assertThat(read(objects(8), "certificates/ClusterIssuer/internal-ca"))
                .hasJson("/spec", "{ca: {secretName: 'corp-ca'}}");
        assertThat(read(objects(8), "gateway/Certificate/istio-system.edge"))
                .has("/spec/issuerRef/name", "internal-ca")
                .hasJson("/spec/dnsNames", "['*.example.org']");
    }

    @Test
    void a_root_is_made_once_and_keeps_its_key() throws IOException {
        assertThat(read(objects(9), "certificates/ClusterIssuer/internal-ca-root"))
                .hasJson("/spec", "{selfSigned: {}}");
        assertThat(read(objects(9), "certificates/Certificate/cert-manager.internal-ca"))
                .has("/spec/isCA", true)
                .has("/spec/commonName", "Shop internal CA")
                .has("/spec/secretName", "internal-ca")
                .has("/spec/duration", "87600h0m0s")
                .has("/spec/privateKey/rotationPolicy", "Never")
                .has("/spec/issuerRef/name", "internal-ca-root");
        assertThat(read(objects(9), "certificates/ClusterIssuer/internal-ca"))
                .hasJson("/spec", "{ca: {secretName: 'internal-ca'}}");
    }

    private static Stream<DynamicTest> rows(int issuer, String table) throws IOException {
        SortedMap<String, String> objects = objects(issuer);
        objects.put("solver.yaml", SOLVER);
        Trace trace = Trace.of(Rendering.mesh(objects));
        return RequestTable.read(RESOURCES.resolve("trace/challenges-%s.yaml".formatted(table))).stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.toString(), () -> assertThat(row.misses(trace)).isEmpty()));
    }

    private static JsonNode manager(SortedMap<String, String> objects) throws IOException {
        return read(objects, "argocd/Application/cert-manager").at("/spec/source/helm/valuesObject");
    }

    private static JsonNode read(SortedMap<String, String> objects, String name) throws IOException {
        assertThat(objects).containsKey(name);
        return YAML.readTree(objects.get(name));
    }

    private static SortedMap<String, String> objects(int issuer) throws IOException {
        return Rendering.objects(MergedYaml.of(base, YAML.writeValueAsString(issuers.get(issuer))));
    }
}
