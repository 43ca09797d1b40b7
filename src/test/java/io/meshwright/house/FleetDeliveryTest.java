package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.check.schema.SchemaWalk;
import io.meshwright.house.repository.Repository;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One Argo CD for several clusters and environments: only where an environment asks for it. */
class FleetDeliveryTest {
    private static final String ASKED = """
        fleet:
          stages: [{name: canary}, {name: rest, percentAtOnce: 50}]
          clusters:
            seoul-2: {stage: canary}
            busan: {cluster: busan-prod, stage: rest}
            data-centre: {stage: rest, path: dist/egov}
      """;
    private static SortedMap<String, String> hub;

    @BeforeAll
    static void render() throws IOException {
        hub = Rendering.objects(Rendering.file("homelab").concat(ASKED));
    }

    @Test
    void is_valid_for_its_crd_and_passes_every_check() {
        for (String name :
                new String[] {"ApplicationSet/homelab-fleet", "AppProject/homelab-fleet", "AppProject/homelab"}) {
            Manifest manifest = object(name);
            assertThat(SchemaWalk.of(
                            new CustomResources(Mesh.DEFAULT_VERSION)
                                    .schema(manifest)
                                    .orElseThrow(),
                            manifest.body()))
                    .as(name)
                    .isEmpty();
        }
        assertThat(Checks.run(Rendering.read(hub), Optional.empty()).errors()).isEmpty();
    }

    @Test
    void gives_each_cluster_the_environment_that_it_runs() {
        JsonNode elements = object("ApplicationSet/homelab-fleet").at("/spec/generators/0/list/elements");

        assertThat(elements)
                .map(each -> "%s on %s from %s in %s"
                        .formatted(
                                each.path("name").asText(),
                                each.path("cluster").asText(),
                                each.path("path").asText(),
                                each.path("stage").asText()))
                .containsExactly(
                        "homelab-seoul-2 on seoul-2 from dist/homelab in canary",
                        "homelab-busan on busan-prod from dist/homelab in rest",
                        "homelab-data-centre on data-centre from dist/egov in rest");
    }

    @Test
    void rolls_out_in_the_stages_of_the_file() {
        JsonNode steps = object("ApplicationSet/homelab-fleet").at("/spec/strategy/rollingSync/steps");

        assertThat(steps)
                .map(step -> step.at("/matchExpressions/0/values/0").asText())
                .containsExactly("canary", "rest");
        assertThat(steps).map(step -> step.path("maxUpdate").asText()).containsExactly("100%", "50%");
    }

    @Test
    void admits_root_applications_on_these_clusters_and_nothing_else() {
        Manifest project = object("AppProject/homelab-fleet");

        assertThat(project.at("/spec/namespaceResourceWhitelist").findValuesAsText("kind"))
                .containsExactlyInAnyOrder("Application", "AppProject");
        assertThat(project.at("/spec/destinations").findValuesAsText("name"))
                .contains("seoul-2", "busan-prod", "data-centre");
        assertThat(project.at("/spec/destinations").findValuesAsText("namespace"))
                .containsOnly("argocd");
        assertThat(project.at("/spec").toString()).doesNotContain("*");
    }

    @Test
    void switches_progressive_syncs_on_only_where_there_is_a_fleet() {
        String key = "applicationsetcontroller.enable.progressive.syncs: \"%s\"";

        assertThat(hub.get("argocd/Application/argocd"))
                .contains(key.formatted("true"), "resource.customizations.health.argoproj.io_ApplicationSet: ");
        for (String environment : Fixtures.names()) {
            assertThat(Repository.files(Fixtures.dist().resolve(environment))
                            .get("argocd/application.argocd.argocd.yaml"))
                    .contains(key.formatted("false"))
                    .doesNotContain("argoproj.io_ApplicationSet");
            assertThat(Fixtures.manifests(environment).values())
                    .map(each -> each.path("kind").asText())
                    .doesNotContain("ApplicationSet");
        }
    }

    private static Manifest object(String name) {
        return new ManifestReader()
                .text(name, hub.get("argocd/%s".formatted(name)))
                .read()
                .manifests()
                .all()
                .get(0);
    }
}
