package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meshwright.rehearsal.process.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A canary of homelab, moved by Argo Rollouts' real controller while Argo CD keeps delivering to the same host. */
@Tag("rehearsal")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanaryTest {
    /** A step waits up to five minutes, and analysis begins after two. */
    private static final Patience MOVING = Patience.of(600);

    private static final String IMAGE = "/spec/template/spec/containers/0/image";

    private static Rehearsal rehearsal;
    private static PrometheusStandIn prometheus;
    private static Path file;
    private static Canary canary;

    @BeforeAll
    static void deliver() throws Exception {
        rehearsal = Rehearsal.of("canary")
                .nodes(StandIns.of("homelab"))
                .argoCd(Dist.committed("homelab"))
                .start();
        prometheus = PrometheusStandIn.start();
        rehearsal.apply("homelab");
        rehearsal.settle();
        file = only("rollout.");
        canary = new Canary(rehearsal.client(), Dist.read(file));
        assertThat(canary.weights()).isNotEmpty().containsOnly(0);
    }

    @AfterAll
    static void end() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        if (rehearsal != null) {
            rehearsal.close();
        }
    }

    @Test
    @Order(1)
    void git_keeps_delivering_to_the_host_of_a_canary_and_leaves_its_weights() throws Exception {
        release("2.0.0");
        moved(10);
        rehearsal.arrive(change(host(), "/spec/http/0/timeout", "9s", true));
        rehearsal.arrive(change(
                only("destinationrule.%s.%s.".formatted(namespace(), canary.rule())),
                "/spec/trafficPolicy/outlierDetection/baseEjectionTime",
                "43s",
                false));
        assertThat(rehearsal.watchFor(Duration.ofSeconds(60))).isEmpty();
        assertThat(canary.weights()).containsOnly(10);

        canary.promote();
        moved(50);
        rehearsal.arrive(change(host(), "/spec/http/0/timeout", "8s", true));
        rehearsal.arrive(change(first("mesh"), "/metadata/labels", "paused", false));
        assertThat(canary.weights()).containsOnly(50);

        canary.promote();
        moved(0);
        MOVING.await("the Rollout to be healthy", () -> canary.phase().equals("Healthy"), canary::message);
        rehearsal.settle();
        assertThat(prometheus.queries()).anyMatch(query -> query.contains("istio_requests_total"));
    }

    @Test
    @Order(2)
    void what_a_person_aborts_comes_back_at_once_and_holds_nothing_up() throws Exception {
        release("3.0.0");
        moved(10);

        canary.abort();

        moved(0);
        MOVING.await("the Rollout to be degraded", () -> canary.phase().equals("Degraded"), canary::message);
        rehearsal.arrive(change(host(), "/spec/http/0/timeout", "7s", true));
        rehearsal.arrive(change(first("mesh"), "/metadata/labels", "degraded", false));
        release("2.0.0");
        MOVING.await("the Rollout to be healthy", () -> canary.phase().equals("Healthy"), canary::message);
    }

    @Test
    @Order(3)
    void what_prometheus_condemns_is_aborted() throws Exception {
        prometheus.answer("0");
        release("4.0.0");
        moved(10);

        MOVING.await("analysis to abort it", () -> canary.phase().equals("Degraded"), canary::message);

        assertThat(canary.weights()).containsOnly(0);
        prometheus.answer("1");
        release("2.0.0");
        MOVING.await("the Rollout to be healthy", () -> canary.phase().equals("Healthy"), canary::message);
    }

    private static void release(String tag) throws Exception {
        JsonNode rollout =
                new Change(file, IMAGE, TextNode.valueOf("ghcr.io/jiminhome/blog-web:%s".formatted(tag))).write();
        rehearsal.delivery().commit("Release %s".formatted(tag));
        rehearsal.arrive(Dist.YAML
                .createObjectNode()
                .put("apiVersion", rollout.path("apiVersion").asText())
                .put("kind", "Rollout")
                .<ObjectNode>set("metadata", rollout.path("metadata"))
                .set("spec", Dist.YAML.createObjectNode().set("template", rollout.at("/spec/template"))));
    }

    private static void moved(int weight) throws Exception {
        MOVING.await(
                "weight %d".formatted(weight),
                () -> canary.weighs(weight),
                () -> "%s%n%s".formatted(canary.weights(), canary.message()));
    }

    /** Commits one field; the manifest to look for lacks the weights, which are not Git's to say. */
    private static JsonNode change(Path path, String at, String to, boolean host) throws Exception {
        JsonNode value =
                at.endsWith("labels") ? Dist.YAML.createObjectNode().put("rehearsed", to) : TextNode.valueOf(to);
        JsonNode manifest = new Change(path, at, value).write();
        rehearsal.delivery().commit("Change %s".formatted(at));
        if (host) {
            manifest.at("/spec/http").findParents("weight").forEach(each -> ((ObjectNode) each).remove("weight"));
        }
        return manifest;
    }

    private static String namespace() {
        return canary.rollout().at("/metadata/namespace").asText();
    }

    /** The file of the VirtualService whose weights move. */
    private static Path host() throws Exception {
        return only("virtualservice.%s.%s."
                .formatted(namespace(), canary.host().at("/metadata/name").asText()));
    }

    private static Path first(String stack) throws Exception {
        try (Stream<Path> files = Files.list(rehearsal.delivery().file(stack))) {
            return files.sorted().findFirst().orElseThrow();
        }
    }

    private static Path only(String prefix) throws Exception {
        try (Stream<Path> files = Files.list(rehearsal.delivery().file("services"))) {
            return files.filter(each -> each.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
