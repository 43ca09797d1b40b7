package io.meshwright.house;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.RequestRow;
import io.meshwright.trace.report.RequestTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Gateways of the Gateway API answer requests as Istio's own kinds do, or are refused for what they cannot say. */
class GatewayApiTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path FOLDER = Path.of("test/resources");
    private static final String FILE = over("gateway-api");
    private static final SortedMap<String, String> OBJECTS = objects(FILE);

    @Test
    void are_admitted_by_api_server_and_checks() {
        assertThat(Checks.run(Rendering.read(OBJECTS), Optional.empty()).all())
                .extracting(Object::toString)
                .filteredOn(finding -> !finding.startsWith("observability/"))
                .allMatch(finding -> finding.contains("MESH156") && finding.contains("port 80"));
    }

    @TestFactory
    Stream<DynamicTest> answer_as_the_table_says_by_either_kinds() {
        String istio = MergedYaml.of(
                FILE, "{gateway: {api: networking.istio.io}, gateways: {internal: {api: networking.istio.io}}}");
        return Stream.of(OBJECTS, objects(istio)).flatMap(objects -> {
            Trace trace = Trace.of(Rendering.mesh(objects));
            String by = objects == OBJECTS ? "Gateway API" : "Istio";
            return table("gateway-api").stream()
                    .map(row -> DynamicTest.dynamicTest(
                            "%s: %s".formatted(by, row),
                            () -> assertThat(row.misses(trace)).isEmpty()));
        });
    }

    @Test
    void use_the_pods_that_the_chart_installs() {
        assertThat(object("gateway/Gateway/istio-system.edge"))
                .has("/apiVersion", "gateway.networking.k8s.io/v1")
                .has("/spec/gatewayClassName", "istio")
                .hasJson(
                        "/spec/addresses",
                        "[{type: 'Hostname', value: 'istio-ingressgateway.istio-system.svc.cluster.local'}]")
                .has("/spec/listeners/2/name", "https-443-any-example-org")
                .has("/spec/listeners/2/hostname", "*.example.org")
                .has("/spec/listeners/2/tls/certificateRefs/0/name", "org")
                .hasJson(
                        "/spec/listeners/2/allowedRoutes/namespaces/selector/matchExpressions",
                        "[{key: 'kubernetes.io/metadata.name', operator: 'In',"
                                + " values: ['argocd', 'istio-system', 'media', 'monitoring', 'shop']}]");
        assertThat(object("gateway/Gateway/istio-system.internal"))
                .has("/spec/addresses/0/value", "istio-internal.istio-system.svc.cluster.local");
        assertThat(object("gateway/Gateway/shop.connections")).has("/apiVersion", "networking.istio.io/v1");
        assertThat(OBJECTS).containsKeys("argocd/Application/istio-ingressgateway", "services/VirtualService/shop.api");
    }

    @Test
    void have_routes_beside_each_service_and_no_more_in_one_than_the_api_server_takes() {
        assertThat(object("services/HTTPRoute/media.web-example-org"))
                .hasJson("/spec/hostnames", "['web.example.org']")
                .has("/spec/parentRefs/0/namespace", "istio-system")
                .has("/spec/parentRefs/0/sectionName", "https-443-any-example-org")
                .has("/spec/rules/0/backendRefs/0/name", "pictures");
        assertThat((Iterable<JsonNode>)
                        object("services/HTTPRoute/shop.many-example-org").at("/spec/rules"))
                .hasSize(16);
        assertThat((Iterable<JsonNode>)
                        object("services/HTTPRoute/shop.many-example-org-2").at("/spec/rules"))
                .hasSize(2);
        assertThat(OBJECTS).doesNotContainKey("services/VirtualService/shop.web-example-org");
    }

    @Test
    void have_definitions_before_istiod_unless_somebody_else_brings_them() {
        assertThat(object("argocd/Application/gateway-api"))
                .has("/metadata/annotations/argocd.argoproj.io~1sync-wave", "10")
                .has("/metadata/annotations/argocd.argoproj.io~1sync-options", "Prune=confirm,Delete=confirm")
                .has("/spec/source/targetRevision", "8bb74df00e56ec8f944d48c25e6c1c9c2f6848e3");
        assertThat(OBJECTS.get("argocd/AppProject/shop"))
                .contains("kind: HTTPRoute", "kind: ValidatingAdmissionPolicy", "kubernetes-sigs/gateway-api");
        assertThat(objects(MergedYaml.of(FILE, "{cluster: {gatewayApi: existing}}")))
                .doesNotContainKey("argocd/Application/gateway-api");
        assertThat(objects(MergedYaml.of(
                        FILE,
                        "{gateway: {api: networking.istio.io}, gateways: {internal: {api: networking.istio.io}}}")))
                .doesNotContainKey("argocd/Application/gateway-api");
    }

    @Test
    void try_nothing_twice_of_themselves() {
        assertThat(object("argocd/Application/istiod"))
                .hasJson("/spec/source/helm/valuesObject/meshConfig/defaultHttpRetryPolicy", "{attempts: 0}");
    }

    private static List<RequestRow> table(String name) {
        return RequestTable.read(FOLDER.resolve("trace/%s.yaml".formatted(name)));
    }

    private static JsonNode object(String name) {
        assertThat(OBJECTS).containsKey(name);
        try {
            return YAML.readTree(OBJECTS.get(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String over(String fixture) {
        return MergedYaml.of(
                text(FOLDER.resolve("agreement/base.yaml")),
                text(FOLDER.resolve("environments/%s.yaml".formatted(fixture))));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, String> objects(String file) {
        try {
            return Rendering.objects(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
