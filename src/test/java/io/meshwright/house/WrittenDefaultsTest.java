package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.Fixtures;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.construct.WrittenDefaults;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.definition.ListDefaults;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.Testing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of custom resources say all that the API server would add to them, or Argo CD never calls them synced. */
class WrittenDefaultsTest {
    static List<String> environments() {
        return Fixtures.names();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void no_item_of_a_list_in_dist_lacks_what_its_definition_defaults(String environment) {
        Reading dist =
                new ManifestReader().path(Fixtures.dist().resolve(environment)).read();
        CustomResources custom = new CustomResources(Mesh.of(dist.manifests()).version(), dist.manifests());

        List<String> missing = new ArrayList<>();
        dist.manifests()
                .all()
                .forEach(object -> custom.addedInLists(object)
                        .forEach(field -> missing.add("%s %s".formatted(object, field.pointer()))));

        assertThat(missing).isEmpty();
    }

    @Test
    void every_custom_resource_of_dist_is_of_a_kind_whose_definition_is_known() {
        List<Manifest> unknown = new ArrayList<>();
        for (String environment : Fixtures.names()) {
            Reading dist = new ManifestReader()
                    .path(Fixtures.dist().resolve(environment))
                    .read();
            CustomResources custom =
                    new CustomResources(Mesh.of(dist.manifests()).version(), dist.manifests());
            dist.manifests().all().stream()
                    .filter(object -> object.kind().group().contains(".") && isCustom(object))
                    .filter(object -> custom.schema(object).isEmpty())
                    .forEach(unknown::add);
        }

        assertThat(unknown).isEmpty();
    }

    private static boolean isCustom(Manifest object) {
        return !object.kind().group().endsWith(".k8s.io")
                && !object.kind().group().equals("meshwright.io");
    }

    @Test
    void the_ports_of_a_rollout_and_the_keys_of_an_external_secret_say_what_they_leave_to_the_server() {
        Manifest rollout = Synthesized.fixture("homelab").object("Rollout", "blog-system", "web");
        Manifest secret = Synthesized.fixture("azure").object("ExternalSecret", "keycloak", "keycloak-admin");

        assertThat(rollout.text("/spec/template/spec/containers/0/ports/0/protocol"))
                .contains("TCP");
        assertThat(secret.at("/spec/data/0/remoteRef").properties())
                .extracting(Map.Entry::getKey)
                .contains("conversionStrategy", "decodingStrategy", "metadataPolicy");
    }

    @Test
    void an_object_of_a_teams_own_is_completed_and_what_it_says_itself_stays() {
        Chart chart = new Chart(new App(), "team");
        KubernetesObject.of(
                chart,
                "route",
                Map.of(
                        "apiVersion",
                        "gateway.networking.k8s.io/v1",
                        "kind",
                        "HTTPRoute",
                        "metadata",
                        Map.of("name", "team", "namespace", "team"),
                        "spec",
                        Map.of(
                                "parentRefs",
                                List.of(Map.of("name", "edge")),
                                "rules",
                                List.of(Map.of(
                                        "backendRefs",
                                        List.of(
                                                Map.of("name", "a", "port", 80, "weight", 3),
                                                Map.of("name", "b", "port", 80)))))));
        WrittenDefaults.write(chart);
        WrittenDefaults.write(chart);

        Manifest route = new ManifestReader()
                .text("route.yaml", json(Testing.synth(chart)))
                .read()
                .manifests()
                .all()
                .get(0);

        JsonNode backends = route.at("/spec/rules/0/backendRefs");
        assertThat(backends.findValuesAsText("weight")).containsExactly("3", "1");
        assertThat(backends.findValuesAsText("kind")).containsExactly("Service", "Service");
        assertThat(route.text("/spec/parentRefs/0/kind")).contains("Gateway");
        assertThat(ListDefaults.missing(
                        new CustomResources(Mesh.DEFAULT_VERSION).schema(route).orElseThrow(), route.body()))
                .isEmpty();
    }

    @Test
    void a_file_whose_defaults_all_stand_outside_lists_is_not_touched() {
        Chart chart = new Chart(new App(), "team");
        KubernetesObject.of(
                chart,
                "store",
                Map.of(
                        "apiVersion",
                        "keda.sh/v1alpha1",
                        "kind",
                        "ScaledObject",
                        "metadata",
                        Map.of("name", "team", "namespace", "team"),
                        "spec",
                        Map.of("scaleTargetRef", Map.of("name", "team"))));
        String before = json(Testing.synth(chart));
        WrittenDefaults.write(chart);

        assertThat(json(Testing.synth(chart))).isEqualTo(before);
    }

    private static String json(Object objects) {
        return new com.fasterxml.jackson.databind.ObjectMapper()
                .valueToTree(objects)
                .get(0)
                .toString();
    }
}
