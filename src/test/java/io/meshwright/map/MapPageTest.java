package io.meshwright.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map of an environment: what stands in the page, and that text of manifests stays text. */
class MapPageTest {
    private static final int MEBIBYTE = 1 << 20;

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

        String page = MapPage.of(hostile, Mesh.of(reading.manifests()), Checks.run(reading, Optional.empty()));

        assertThat(page).doesNotContain("<img").contains("\\u003c/script>\\u003cimg", "&lt;img");
        assertThat(page.split("</script>", -1)).hasSize(4);
    }

    static String page(String environment) {
        Reading reading =
                new ManifestReader().path(Fixtures.dist().resolve(environment)).read();
        return MapPage.of(environment, Mesh.of(reading.manifests()), Checks.run(reading, Optional.empty()));
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
