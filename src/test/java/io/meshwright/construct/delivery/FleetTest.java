package io.meshwright.construct.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import org.cdk8s.Testing;
import org.junit.jupiter.api.Test;
import software.constructs.Construct;

class FleetTest {
    @Test
    void gives_each_cluster_the_root_of_its_environment() {
        JsonNode spec = fleet().get("spec");

        assertThat(spec.at("/generators/0/list/elements").findValuesAsText("cluster"))
                .containsExactly("seoul-1", "seoul-2", "busan-1");
        assertThat(spec.at("/template/spec/source/path").asText()).isEqualTo("{{.path}}/argocd");
        assertThat(spec.at("/template/spec/destination/name").asText()).isEqualTo("{{.cluster}}");
    }

    @Test
    void rolls_out_stage_by_stage() {
        JsonNode steps = fleet().at("/spec/strategy/rollingSync/steps");

        assertThat(steps)
                .map(step -> step.at("/matchExpressions/0/values/0").asText())
                .containsExactly("canary", "rest");
        assertThat(steps.at("/1/maxUpdate").asText()).isEqualTo("50%");
        assertThat(fleet().at("/spec/template/metadata/labels")
                        .get("meshwright.io/stage")
                        .asText())
                .isEqualTo("{{.stage}}");
    }

    @Test
    void leaves_the_clusters_as_they_are_when_it_goes() {
        assertThat(fleet().at("/spec/syncPolicy/preserveResourcesOnDeletion").asBoolean())
                .isTrue();
    }

    @Test
    void refuses_a_cluster_whose_stage_nobody_rolls_out() {
        assertThatThrownBy(() ->
                        builder(Testing.chart()).member(member("late", "never")).build())
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("members: \"late\" is in stage \"never\", which is not declared; "
                        + "declare the stage, or Argo CD would never sync this cluster");
    }

    @Test
    void refuses_two_clusters_of_one_name() {
        assertThatThrownBy(() -> builder(Testing.chart())
                        .member(member("seoul-1", "rest"))
                        .build())
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("members: \"seoul-1\" stands twice");
    }

    private static JsonNode fleet() {
        return Synthesis.of(scope -> builder(scope).build()).get(1);
    }

    private static Fleet.Builder builder(Construct scope) {
        return Fleet.Builder.create(scope, "fleet")
                .name(Name.of("fleet"))
                .project(Synthesis.project(scope))
                .repository(Synthesis.GIT.repository())
                .revision("main")
                .stage(FleetStage.all(Name.of("canary")))
                .stage(new FleetStage(Name.of("rest"), 50))
                .member(member("seoul-1", "canary"))
                .member(member("seoul-2", "rest"))
                .member(member("busan-1", "rest"));
    }

    private static FleetMember member(String cluster, String stage) {
        return new FleetMember(Name.of(cluster), cluster, "dist/sample", Name.of(stage));
    }
}
