package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.house.fixture.Beside;
import io.meshwright.house.fixture.FixtureFiles;
import io.meshwright.rehearsal.standin.Disks;
import io.meshwright.rehearsal.standin.LoadBalancers;
import io.meshwright.rehearsal.standin.Metrics;
import io.meshwright.rehearsal.standin.StandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An environment that is bootstrapped as the README says comes to rest, and its pods come again when they are lost. */
@Tag("rehearsal")
class SettlesTest {
    private static final Path CLUSTER =
            Path.of("test", "resources", "rehearsal", "cluster.yaml").toAbsolutePath();
    /** Groups whose definitions a cluster has by itself where no Application brings them. */
    private static final List<String> ITS_OWN = List.of("autoscaling.k8s.io", "monitoring.coreos.com");

    @ParameterizedTest
    @ValueSource(strings = {"azure", "egov", "homelab"})
    void comes_to_rest_and_stays_there(String environment) throws Exception {
        try (Rehearsal rehearsal = Rehearsal.of("settles-%s".formatted(environment))
                .nodes(StandIns.of(environment))
                .argoCd(Dist.committed(environment))
                .start()) {
            settles(rehearsal, environment);
        }
    }

    /** Those that together have every kind that Argo CD delivers, in clusters that have what they take for granted. */
    @ParameterizedTest
    @MethodSource("rehearsed")
    void fixtures_come_to_rest_and_stay_there(String fixture, @TempDir Path temporary) throws Exception {
        Beside.copy(Files.createDirectories(temporary.resolve("environments")));
        try (Rehearsal rehearsal = Rehearsal.of("settles-%s".formatted(fixture))
                .nodes(Stream.concat(Stream.of(StandIns.of(fixture)), Stream.of(new Metrics()))
                        .toArray(StandIn[]::new))
                .argoCd(Dist.synthesized("shop", FixtureFiles.all().get(fixture), temporary))
                .start()) {
            Path definitions = Files.createDirectories(temporary.resolve("definitions"));
            for (String group : ITS_OWN) {
                CustomDefinitions.write(definitions, group);
            }
            rehearsal.kubectl("apply", "--server-side", "-f", definitions);
            rehearsal.kubectl("apply", "--server-side", "-f", CLUSTER);
            settles(rehearsal, fixture);
        }
    }

    private static List<String> rehearsed() {
        return FixtureFiles.REHEARSED;
    }

    private static void settles(Rehearsal rehearsal, String called) throws Exception {
        String root = rehearsal.delivery().dist().environment();
        rehearsal.apply(root);
        SoftAssertions all = new SoftAssertions();
        all.assertThatCode(() -> System.out.printf("%s: settled after %d s%n", called, rehearsal.settle()))
                .as("settled")
                .doesNotThrowAnyException();
        all.assertThat(rehearsal.applications().syncs(root))
                .as("syncs of the root")
                .isBetween(1L, 2L);
        all.assertThat(rehearsal.watchFor(Duration.ofMinutes(2)))
                .as("syncs without a cause")
                .isEmpty();
        all.assertThat(rehearsal.unsettled()).as("no longer Synced and Healthy").isEmpty();
        Pods pods = new Pods(rehearsal.client());
        all.assertThat(pods.missing()).as("pods that are missing").isEmpty();
        pods.deleteAll();
        all.assertThatCode(() -> Rehearsal.ARRIVING.await(
                        "every pod to be there again",
                        () -> pods.missing().isEmpty(),
                        () -> String.join("\n", pods.missing())))
                .doesNotThrowAnyException();
        all.assertThat(pods.refused()).as("pods that were refused").isEmpty();
        all.assertAll();
    }

    /** An issuer without its token: certificates stay pending, and nothing else waits for them. */
    @Test
    void everything_but_certificates_comes_to_rest_without_an_issuer() throws Exception {
        Dist dist = Dist.committed("homelab");
        try (Rehearsal rehearsal = Rehearsal.of("settles-without-issuer")
                .nodes(new Disks(), new LoadBalancers())
                .argoCd(dist)
                .start()) {
            rehearsal.apply("homelab");

            long seconds = rehearsal.settle(dist.applications().stream()
                    .filter(each -> dist.objects(each).stream().noneMatch(SettlesTest::isIssued))
                    .map(each -> each.at("/metadata/name").asText())
                    .toList());

            System.out.printf("homelab without an issuer: settled after %d s%n", seconds);
            assertThat(rehearsal
                            .client()
                            .pods()
                            .inNamespace("blog-system")
                            .list()
                            .getItems())
                    .isNotEmpty();
        }
    }

    private static boolean isIssued(JsonNode object) {
        return object.path("apiVersion").asText().startsWith("cert-manager.io/");
    }
}
