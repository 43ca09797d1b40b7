package io.meshwright.construct.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.delivery.chart.GroupKind;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import java.util.List;
import org.cdk8s.Testing;
import org.junit.jupiter.api.Test;

class ProjectTest {
    @Test
    void admits_only_the_environments_namespaces_and_argo_cds_own() {
        JsonNode project = Synthesis.of(Synthesis::project).get(0);

        assertThat(project.at("/spec/destinations").findValuesAsText("namespace"))
                .containsExactly("argocd", "istio-system", "shop");
        assertThat(project.at("/spec/destinations/0/server").asText()).isEqualTo("https://kubernetes.default.svc");
    }

    @Test
    void admits_only_the_kinds_that_are_named() {
        JsonNode spec = Synthesis.of(Synthesis::project).get(0).get("spec");

        assertThat(spec.at("/clusterResourceWhitelist").findValuesAsText("kind"))
                .containsExactly("Namespace");
        assertThat(spec.at("/namespaceResourceWhitelist/0/group").asText()).isEqualTo("apps");
    }

    @Test
    void goes_only_when_a_person_confirms_it() {
        assertThat(Synthesis.of(Synthesis::project)
                        .at("/0/metadata/annotations")
                        .get("argocd.argoproj.io/sync-options")
                        .asText())
                .isEqualTo("Prune=confirm,Delete=confirm");
    }

    @Test
    void reaches_other_clusters_only_where_they_are_named() {
        JsonNode project = Synthesis.of(scope -> Project.Builder.create(scope, "project")
                        .name(Name.of("fleet"))
                        .repositories(List.of("https://git.example.org/platform.git"))
                        .clusters(List.of("seoul"))
                        .namespacedKinds(List.of(GroupKind.of("argoproj.io/v1alpha1", "Application")))
                        .build())
                .get(0);

        assertThat(project.at("/spec/destinations").findValuesAsText("name")).containsExactly("seoul");
    }

    @Test
    void refuses_to_admit_no_source() {
        assertThatThrownBy(() -> Project.Builder.create(Testing.chart(), "project")
                        .name(Name.of("empty"))
                        .namespacedKinds(List.of(GroupKind.of("v1", "Service")))
                        .build())
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("repositories: is empty; give at least one entry");
    }
}
