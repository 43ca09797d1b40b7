package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.check.schema.SchemaWalk;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Argo CD's and Argo Rollouts' objects are what their API takes, and what they ask Prometheus is a question. */
class ArgoObjectsTest {
    @Test
    void every_object_of_argo_is_valid_for_its_crd_with_its_rules() {
        Set<String> kinds = new TreeSet<>();
        for (Manifest manifest : argo()) {
            assertThat(SchemaWalk.of(custom().schema(manifest).orElseThrow(), manifest.body()))
                    .as(manifest.toString())
                    .isEmpty();
            kinds.add(manifest.kind().name());
        }

        assertThat(kinds).contains("AnalysisTemplate", "AppProject", "Application", "Rollout");
    }

    @Test
    void a_rollout_with_a_misspelt_step_would_be_noticed() {
        Manifest rollout = argo().stream()
                .filter(manifest -> manifest.kind().name().equals("Rollout"))
                .findFirst()
                .orElseThrow();
        String broken = rollout.body().toString().replace("\"setWeight\"", "\"setWait\"");
        Manifest misspelt = new ManifestReader()
                .text("rollout.yaml", broken)
                .read()
                .manifests()
                .all()
                .get(0);

        assertThat(SchemaWalk.of(custom().schema(misspelt).orElseThrow(), misspelt.body()))
                .isNotEmpty();
    }

    @Test
    void every_question_of_an_analysis_is_one_that_prometheus_reads(@TempDir Path folder) throws Exception {
        List<String> queries = new ArrayList<>();
        for (Manifest manifest : argo()) {
            manifest.at("/spec").findValues("query").forEach(query -> queries.add(query.asText()));
        }
        assertThat(queries).hasSizeGreaterThan(2);
        StringBuilder rules = new StringBuilder("groups:\n- name: queries\n  rules:\n");
        queries.forEach(query -> rules.append("  - record: query\n    expr: '%s'\n"
                .formatted(query.replaceAll("\\{\\{args\\.[a-z-]+}}", "6bd9f8c5d4"))));
        Files.writeString(folder.resolve("rules.yaml"), rules);

        Program.Answer answer = Program.of("promtool").run(folder, "check", "rules", "--lint=none", "rules.yaml");

        assertThat(answer.exit()).as(answer.output()).isZero();
    }

    private static List<Manifest> argo() {
        List<Manifest> all = new ArrayList<>();
        for (String environment : Fixtures.names()) {
            new ManifestReader()
                    .path(Fixtures.dist().resolve(environment)).read().manifests().all().stream()
                            .filter(manifest -> manifest.kind().group().equals("argoproj.io"))
                            .forEach(all::add);
        }
        return all;
    }

    private static CustomResources custom() {
        return new CustomResources(Mesh.DEFAULT_VERSION);
    }
}
