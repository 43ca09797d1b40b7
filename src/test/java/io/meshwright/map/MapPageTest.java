package io.meshwright.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.check.Findings;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.plan.Plan;
import io.meshwright.plan.PlanEdits;
import io.meshwright.trace.report.RequestRow;
import io.meshwright.trace.report.RequestTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map of an environment: what stands in the page, and that text of manifests stays text. */
class MapPageTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final String MANY = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: s%1$d, namespace: team}
            spec: {selector: {app: s%1$d}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: s%1$d, namespace: team}
            spec:
              selector: {matchLabels: {app: s%1$d}}
              template:
                metadata: {labels: {app: s%1$d, sidecar.istio.io/inject: "true"}}
                spec: {containers: [{name: app, image: app}]}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"azure", "egov", "homelab"})
    void is_one_file_of_at_most_a_mebibyte_without_any_address_to_fetch(String environment) {
        String page = page(environment);

        assertThat(page).hasSizeLessThan(MEBIBYTE).contains("default-src 'none'", "Permission is hereby granted");
        assertThat(page).doesNotContainPattern("(?:src|href)=\"");
        assertThat(page).isEqualTo(page(environment));
    }

    @Test
    void has_the_way_from_clients_to_workloads_and_who_may_call_whom() throws IOException {
        JsonNode data = data(page("azure"));

        assertThat(edge(data, "host app.buildingbite.com", "service frontend.frontend.svc.cluster.local"))
                .isTrue();
        assertThat(edge(
                        data,
                        "service user-service.user-service.svc.cluster.local",
                        "workload user-service/user-service-v1"))
                .isTrue();
        assertThat(edge(
                        data,
                        "workload default/sangsang-plus-gateway",
                        "service user-service.user-service.svc.cluster.local"))
                .isTrue();
        assertThat(edge(data, "workload frontend/frontend", "service user-service.user-service.svc.cluster.local"))
                .isFalse();
        assertThat(data.path("requests"))
                .anyMatch(request -> request.path("request").asText().startsWith("GET https://app.buildingbite.com/")
                        && request.path("verdict").asText().startsWith("delivered to frontend")
                        && request.path("passes").size() > 2);
    }

    @Test
    void draws_gateways_of_the_gateway_api_and_follows_requests_through_them() throws IOException {
        Reading reading = new ManifestReader()
                .path(Path.of("test/resources/plan/public/scraped-port/base.yaml"))
                .read();

        JsonNode data = data(MapPage.of("bot", Mesh.of(reading.manifests()), new Findings(List.of()), List.of()));

        assertThat(edge(data, "gateway ingress/public", "host bot.example.org")).isTrue();
        assertThat(edge(data, "host bot.example.org", "service bot.bot.svc.cluster.local"))
                .isTrue();
        assertThat(data.path("requests"))
                .anyMatch(request -> request.path("request")
                                .asText()
                                .equals("GET http://bot.example.org/ from internet")
                        && request.path("verdict").asText().equals("delivered to bot.bot.svc.cluster.local:3000"));
    }

    @Test
    void follows_the_rows_of_a_table_and_says_what_the_table_expects() throws IOException {
        List<RequestRow> rows = RequestTable.rows(List.of(Path.of("test/resources/trace/egov.yaml")));
        Reading reading =
                new ManifestReader().path(Fixtures.dist().resolve("egov")).read();

        JsonNode requests = data(MapPage.of(
                        "egov", Mesh.of(reading.manifests()), Checks.run(reading, Optional.empty()), rows))
                .path("requests");

        assertThat(requests)
                .filteredOn(request -> request.path("lines").toString().contains("\"table: as expected\""))
                .hasSize(rows.size());
        assertThat(requests)
                .filteredOn(
                        request -> request.path("request")
                                .asText()
                                .equals(
                                        "GET http://192.0.2.10/a/b/c/hello from internet (any host is served, also an address)"))
                .singleElement()
                .matches(request -> request.path("passes").size() > 2);
        assertThat(requests)
                .extracting(request -> request.path("request").asText())
                .doesNotHaveDuplicates();

        RequestRow wrong = RequestTable.rows(List.of(Path.of("test/resources/trace/homelab.yaml")))
                .get(0);
        assertThat(data(MapPage.of("egov", Mesh.of(reading.manifests()), new Findings(List.of()), List.of(wrong)))
                        .path("requests")
                        .get(0)
                        .path("lines")
                        .toString())
                .contains("table: ", " expected ")
                .doesNotContain("as expected");
    }

    @Test
    void places_no_two_nodes_on_one_another() throws IOException {
        for (String environment : new String[] {"azure", "egov", "homelab"}) {
            JsonNode nodes = data(page(environment)).path("nodes");
            assertThat(StreamSupport.stream(nodes.spliterator(), false)
                            .map(node -> "%s %s".formatted(node.path("x"), node.path("y"))))
                    .hasSizeGreaterThan(10)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void text_of_manifests_ends_no_script_and_is_no_html() {
        String hostile = "</script><img src=x onerror=alert(1)>@data@";
        Reading reading = ManifestReader.of("a.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: "%s", namespace: shop}
                spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
                """.formatted(hostile));

        String page =
                MapPage.of(hostile, Mesh.of(reading.manifests()), Checks.run(reading, Optional.empty()), List.of());

        assertThat(page).doesNotContain("<img").contains("\\u003c/script>\\u003cimg", "&lt;img");
        assertThat(page.split("</script>", -1)).hasSize(4);
    }

    @Test
    void a_plan_marks_what_is_added_changed_and_removed() {
        List<ObjectNode> without = PlanEdits.base().stream()
                .filter(object -> !PlanEdits.name(object).equals("Deployment shop/web"))
                .toList();

        JsonNode added = changes(without, PlanEdits.base());
        JsonNode removed = changes(PlanEdits.base(), without);
        JsonNode edited = changes(
                PlanEdits.base(),
                PlanEdits.edited(PlanEdits.base(), PlanEdits.examples().get(0).path("edit")));

        assertThat(change(added, "workload shop/web")).isEqualTo("added");
        assertThat(change(removed, "workload shop/web")).isEqualTo("removed");
        assertThat(change(edited, "host shop.example.org")).isEqualTo("changed");
        assertThat(change(edited, "workload shop/web")).isEmpty();
        assertThat(edited.at("/changes/0/nodes"))
                .anyMatch(node -> node.asText().equals("host shop.example.org"))
                .noneMatch(node -> node.asText().equals("workload shop/web"));
    }

    private static JsonNode changes(List<ObjectNode> before, List<ObjectNode> after) {
        Plan plan = Plan.between("", PlanEdits.side(before), PlanEdits.side(after), List.of());
        return ChangedMap.of(plan, plan.sides().orElseThrow());
    }

    private static String change(JsonNode map, String id) {
        return StreamSupport.stream(map.path("nodes").spliterator(), false)
                .filter(node -> node.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow()
                .path("change")
                .asText("");
    }

    @Test
    void a_mesh_too_large_to_ask_for_every_caller_is_drawn_without_them_and_says_so() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < 220; number++) {
            text.append(MANY.formatted(number));
        }
        Reading reading = ManifestReader.of("many.yaml", text.toString());

        JsonNode data = data(MapPage.of("many", Mesh.of(reading.manifests()), new Findings(List.of()), List.of()));

        assertThat(data.path("note").asText()).startsWith("Who may call whom is left out");
        assertThat(data.path("edges"))
                .hasSize(220)
                .noneMatch(edge -> edge.path("kind").asText().equals("call"));
    }

    static String page(String environment) {
        Reading reading =
                new ManifestReader().path(Fixtures.dist().resolve(environment)).read();
        return MapPage.of(environment, Mesh.of(reading.manifests()), Checks.run(reading, Optional.empty()), List.of());
    }

    private static JsonNode data(String page) throws IOException {
        String begin = "<script type=\"application/json\" id=\"data\">";
        int start = page.indexOf(begin) + begin.length();
        return new ObjectMapper().readTree(page.substring(start, page.indexOf("</script>", start)));
    }

    private static boolean edge(JsonNode data, String source, String target) {
        return StreamSupport.stream(data.path("edges").spliterator(), false)
                .anyMatch(edge -> edge.path("source").asText().equals(source)
                        && edge.path("target").asText().equals(target));
    }
}
