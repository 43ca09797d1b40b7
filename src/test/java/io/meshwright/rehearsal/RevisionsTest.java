package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Istio's upgrade of azure by two revisions, as docs/upgrade/azure.md says, with two processes of one istiod: which of
 * them injects is shown, and not what differs between their releases.
 */
@Tag("rehearsal")
class RevisionsTest {
    private static final Map<String, String> BESIDE = Map.of(
            "  version: 1.23.4\n",
            """
          version: 1.25.5
          revision: 1-25-5
          from: 1.23.4
          tags: {stable: default, next: 1-25-5, edge: default}
          """.indent(2),
            "  name: sangsang-gateway\n",
            "  name: sangsang-gateway\n  tag: edge\n");

    @Test
    void namespaces_move_by_their_tag_and_back(@TempDir Path temporary) throws Exception {
        String before = Dist.file("azure");
        String beside = before;
        for (Map.Entry<String, String> step : BESIDE.entrySet()) {
            assertThat(beside).contains(step.getKey());
            beside = beside.replace(step.getKey(), step.getValue());
        }
        try (Rehearsal rehearsal = Rehearsal.of("revisions")
                .nodes(StandIns.of("azure"))
                .argoCd(Dist.committed("azure"))
                .start()) {
            rehearsal.apply("azure");
            rehearsal.settle();

            deliver(rehearsal, beside, temporary.resolve("1"));
            assertThat(rehearsal.istiods().names()).containsExactly("istiod", "istiod-1-25-5");
            assertThat(injectors(rehearsal, "user-service")).containsExactly("default");

            String one = beside.replace("  user-service: {}\n", "  user-service: {tag: next}\n");
            deliver(rehearsal, one, temporary.resolve("2"));
            assertThat(injectors(rehearsal, "user-service")).containsExactly("1-25-5");
            assertThat(injectors(rehearsal, "product-service")).containsExactly("default");

            String all = beside.replace("stable: default", "stable: 1-25-5");
            deliver(rehearsal, all, temporary.resolve("3"));
            assertThat(injectors(rehearsal, "user-service")).containsExactly("1-25-5");
            assertThat(injectors(rehearsal, "product-service")).containsExactly("1-25-5");

            deliver(rehearsal, beside, temporary.resolve("4"));
            assertThat(injectors(rehearsal, "user-service")).containsExactly("default");
            assertThat(injectors(rehearsal, "product-service")).containsExactly("default");
        }
    }

    private static void deliver(Rehearsal rehearsal, String file, Path temporary) throws Exception {
        rehearsal.delivery().replace(Dist.synthesized("azure", file, Files.createDirectories(temporary)));
        rehearsal.settle();
    }

    /** Restarts a namespace's pods and gives the revisions of the control planes that injected them. */
    private static Set<String> injectors(Rehearsal rehearsal, String namespace) throws Exception {
        var pods = rehearsal.client().pods().inNamespace(namespace);
        Set<String> before = new TreeSet<>();
        pods.list().getItems().forEach(pod -> before.add(pod.getMetadata().getUid()));
        pods.withGracePeriod(0).delete();
        Pods all = new Pods(rehearsal.client());
        Rehearsal.ARRIVING.await(
                "the pods of %s to be new".formatted(namespace),
                () -> all.missing().isEmpty()
                        && pods.list().getItems().stream()
                                .noneMatch(
                                        pod -> before.contains(pod.getMetadata().getUid())));
        Set<String> revisions = new TreeSet<>();
        for (Pod pod : pods.list().getItems()) {
            revisions.add(revision(pod));
        }
        return revisions;
    }

    /** What the injector writes into the status of the sidecar. */
    private static String revision(Pod pod) throws IOException {
        String status = pod.getMetadata().getAnnotations().getOrDefault("sidecar.istio.io/status", "{}");
        return Dist.YAML.readTree(status).path("revision").asText("none");
    }
}
