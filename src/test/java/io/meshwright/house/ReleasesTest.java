package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.Fixtures;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Delivered;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases of the environments: whom a header leads where, how draws fall, and that no route loses its CORS policy. */
class ReleasesTest {
    private static final int DRAWS = 10_000;
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> PATHS = List.of("/", "/api", "/api/posts", "/apiary", "/index.html");

    static List<String> environments() {
        return Fixtures.names();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void every_route_of_a_host_carries_its_cors_policy(String environment) throws IOException {
        String file = Rendering.file(environment);
        Fixtures.manifests(
                        environment,
                        (path, manifest) -> manifest.path("kind").asText().equals("VirtualService"))
                .forEach((path, manifest) -> {
                    Set<String> policies = new TreeSet<>();
                    // What the gateway itself refuses is for no page to read.
                    manifest.at("/spec/http").forEach(route -> {
                        if (!route.has("directResponse")) {
                            policies.add(route.path("corsPolicy").toString());
                        }
                    });
                    assertThat(policies).as(path).hasSize(1);
                    boolean declared = file.matches("(?s).*\\n    %s:\\n      cors:.*"
                            .formatted(manifest.at("/spec/hosts/0").asText().replace("*", "\\*")));
                    assertThat(policies.iterator().next().isEmpty()).as(path).isNotEqualTo(declared);
                });
    }

    @ParameterizedTest
    @MethodSource("environments")
    void every_route_says_how_often_it_is_tried_and_tries_fit_its_timeout(String environment) {
        Fixtures.manifests(
                        environment,
                        (path, manifest) -> manifest.path("kind").asText().equals("VirtualService"))
                .forEach((path, manifest) -> {
                    manifest.at("/spec/http")
                            .forEach(route -> assertThat(isBounded(route))
                                    .as("%s: %s", path, route.path("name"))
                                    .isTrue());
                });
    }

    private static boolean isBounded(JsonNode route) {
        if (route.has("redirect") || route.has("directResponse")) {
            return true;
        }
        JsonNode retries = route.path("retries");
        int tries = retries.path("attempts").asInt(-1) + 1;
        boolean counted = tries <= 1
                || !route.has("timeout")
                || millis(retries.path("perTryTimeout")) * tries <= millis(route.path("timeout"));
        return tries > 0 && counted;
    }

    private static long millis(JsonNode time) {
        return io.meshwright.value.Duration.of(time.asText()).millis();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 50, 100})
    void a_header_leads_to_the_canary_of_argo_rollouts_whatever_weights_it_writes(int weight) throws IOException {
        Trace trace = Trace.of(rollouts(weight));
        Random random = new Random(20250801);
        for (int draw = 0; draw < DRAWS / 100; draw++) {
            String method = METHODS.get(random.nextInt(METHODS.size()));
            String url = "http://blog.jiminhome.shop%s".formatted(PATHS.get(random.nextInt(PATHS.size())));

            List<DeliveryTarget> targets =
                    targets(trace.request(method, url).header("canary", "true").verdict());

            assertThat(targets)
                    .as("%s %s", method, url)
                    .singleElement()
                    .satisfies(target -> assertThat(target.subset()).contains("canary"));
        }
    }

    @Test
    void a_header_of_another_value_follows_the_weights_of_argo_rollouts() throws IOException {
        Verdict verdict = Trace.of(rollouts(50))
                .request("GET", "http://blog.jiminhome.shop/")
                .header("canary", "True")
                .verdict();

        assertThat(targets(verdict))
                .extracting(target -> target.subset().orElseThrow())
                .contains("stable", "canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user-service.user-service/", "http://product-service.product-service:8082/"})
    void ten_thousand_draws_of_a_canary_stay_near_its_weights(String url) throws IOException {
        List<DeliveryTarget> targets = targets(Trace.of(Rendering.mesh(Rendering.objects(Rendering.file("azure"))))
                .request("GET", url)
                .from("default/sangsang-plus-gateway")
                .verdict());
        Random random = new Random(20250801);
        long stable = random.doubles(DRAWS)
                .filter(drawn -> drawn(targets, drawn).subset().orElseThrow().equals("v1"))
                .count();

        // Five standard deviations of 10,000 draws at 0.9 are 150.
        assertThat(stable).isBetween(8_850L, 9_150L);
    }

    /** The homelab with a header override, in the middle of a release. */
    private static Mesh rollouts(int weight) throws IOException {
        SortedMap<String, String> objects = Rendering.objects(Rendering.file("homelab")
                .replace(
                        "engine: rollouts\n", "engine: rollouts\n      override: {header: canary, value: \"true\"}\n"));
        objects.computeIfPresent(
                "services/VirtualService/blog-system.blog-jiminhome-shop",
                (path, text) -> text.replace("weight: 100", "weight: %d".formatted(100 - weight))
                        .replace("weight: 0\n", "weight: %d\n".formatted(weight)));
        return Rendering.mesh(objects);
    }

    private static List<DeliveryTarget> targets(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Delivered.class);
        return ((Delivered) verdict).targets();
    }

    private static DeliveryTarget drawn(List<DeliveryTarget> targets, double number) {
        double sum = 0;
        for (DeliveryTarget target : targets) {
            sum += target.part();
            if (number < sum) {
                return target;
            }
        }
        return targets.get(targets.size() - 1);
    }
}
