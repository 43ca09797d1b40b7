package io.meshwright.house.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.construct.observability.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Argo Rollouts itself says about a Rollout, the routes that it names and the subsets between which it moves them.
 */
class RolloutsLintTest {
    private static final List<String> READ = List.of("rollout.", "virtualservice.", "destinationrule.", "service.");

    @Test
    void argo_rollouts_finds_every_route_and_subset_that_it_moves(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("all.yaml"), objects());

        assertThat(lint(folder, "all.yaml").exit())
                .as(lint(folder, "all.yaml").output())
                .isZero();
    }

    @Test
    void argo_rollouts_misses_a_route_without_its_name(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("all.yaml"), objects().replaceFirst("name: web-service-root\\b", "name: other"));

        assertThat(lint(folder, "all.yaml").exit()).isNotZero();
        assertThat(lint(folder, "all.yaml").output()).contains("is not found in the defined Virtual Service");
    }

    private static Program.Answer lint(Path folder, String file) throws IOException, InterruptedException {
        return Program.of("kubectl-argo-rollouts").run(folder, "lint", "--filename", file);
    }

    private static String objects() {
        return Repository.files(Fixtures.dist().resolve("homelab/services")).entrySet().stream()
                .filter(file -> READ.stream().anyMatch(file.getKey()::startsWith))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("---\n"));
    }
}
