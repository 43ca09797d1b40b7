package io.meshwright.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.meshwright.incident.cause.Looks;
import io.meshwright.incident.cause.ResponseFlag;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.EvidenceReader;
import io.meshwright.incident.mending.Mends;
import io.meshwright.incident.report.IncidentText;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines, answers and tables with known causes. */
class IncidentTest {
    private static final Path FOLDER = Path.of("test/resources/incident");
    private static final Mesh MESH = Mesh.of(
            new ManifestReader().path(FOLDER.resolve("mesh.yaml")).read().manifests());

    @TestFactory
    Stream<DynamicTest> tells_the_known_cause() {
        return Stream.of("lines.yaml", "reported.yaml").flatMap(IncidentTest::lines);
    }

    private static Stream<DynamicTest> lines(String file) {
        JsonNode all;
        try {
            all = new ObjectMapper(new YAMLFactory())
                    .readTree(FOLDER.resolve(file).toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        assertThat(all).hasSizeGreaterThan(20);
        return StreamSupport.stream(all.spliterator(), false)
                .map(line -> DynamicTest.dynamicTest(line.path("name").asText(), () -> {
                    String told = told(line.path("text").asText());
                    line.path("want").forEach(want -> assertThat(told).contains(want.asText()));
                    line.path("not").forEach(wrong -> assertThat(told).doesNotContain(wrong.asText()));
                }));
    }

    @ParameterizedTest
    @EnumSource(ResponseFlag.class)
    void says_something_of_every_flag(ResponseFlag flag) {
        String told = told(
                "[2026-03-01T09:00:00.000Z] \"GET / HTTP/2\" 503 %s - - \"-\" 0 0 0 - \"-\" \"-\" \"-\" \"shop.example.org\" \"-\" - - 10.1.0.2:8443 203.0.113.9:50000 shop.example.org -"
                        .formatted(flag));

        assertThat(told).contains("cause").contains("    do: ");
    }

    @ParameterizedTest
    @CsvSource({
        "DF, DnsResolutionFailed",
        "DR, DownstreamRemoteReset",
        "LH, FailedLocalHealthCheck",
        "NC, NoClusterFound",
        "OM, OverloadManagerTerminated",
        "RFCF, ResponseFromCacheFilter",
        "UAEX, UnauthorizedExternalService",
        "UC, UpstreamConnectionTermination",
        "UMSDR, UpstreamMaxStreamDurationReached",
        "URX, UpstreamRetryLimitExceeded"
    })
    void reads_the_long_names_of_flags(ResponseFlag flag, String name) {
        String line = "{\"authority\": \"shop.example.org\", \"response_code\": 503, \"response_flags\": \"%s\"}";

        assertThat(EvidenceReader.read(line.formatted(name)).get(0).flags()).containsExactly(flag.name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "{", "{}", "[]", "[1, 2]", "null", "\"GET /\" 503 UF", "999 what", "[2026] \"\""})
    void refuses_what_is_none_of_the_forms(String text) {
        assertThatThrownBy(() -> EvidenceReader.read(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("paste one line as it is");
    }

    @Test
    void bounds_what_it_reads() {
        assertThatThrownBy(() -> EvidenceReader.read("x".repeat((1 << 20) + 1)))
                .hasMessageContaining("longer than 1 MiB");
        assertThatThrownBy(() -> EvidenceReader.read("{\"a\":".repeat(50_000))).isInstanceOf(InvalidValue.class);
        assertThat(EvidenceReader.read("500\n")).hasSize(1);
    }

    @Test
    void a_number_of_a_rule_that_no_policy_has_is_told_as_it_stands() {
        assertThat(
                        told(
                                "[2026-03-01T09:00:00.000Z] \"GET / HTTP/2\" 403 - rbac_access_denied_matched_policy[ns[shop]-policy[web]-rule[99999999999]] - \"-\" 0 0 0 - \"-\" \"-\" \"-\" \"shop.example.org\" \"-\" - - - - - -"))
                .contains("rule 99999999999 of AuthorizationPolicy shop/web denies it, which is not among these");
    }

    @Test
    void a_line_of_a_gateway_that_takes_every_host_is_traced_from_outside_and_others_from_inside() throws IOException {
        Mesh every = Mesh.of(ManifestReader.of(
                        "mesh.yaml",
                        Files.readString(FOLDER.resolve("mesh.yaml"))
                                .replace("hosts: [shop.example.org]", "hosts: [\"*\"]")
                                .replace("*/shop.example.org", "*/*"))
                .manifests());

        assertThat(
                        told(
                                every,
                                "[2026-03-01T09:00:00.000Z] \"GET /gone HTTP/2\" 410 - direct_response - \"-\" 0 0 0 - \"203.0.113.9\" \"curl/8.5\" \"7b6f\" \"Any.example.net:443\" \"-\" - - 10.1.0.2:8443 203.0.113.9:50000 any.example.net gone"))
                .contains("by these manifests it ends so", "from internet")
                .doesNotContain("from shop/");
        for (String host : List.of("till.shop.svc.cluster.local", "till.shop", "till.shop:80")) {
            assertThat(told(
                            every,
                            "[2026-03-01T09:00:00.000Z] \"GET /api HTTP/1.1\" 403 - rbac_access_denied_matched_policy[none] - \"-\" 0 19 0 - \"-\" \"curl/8.5\" \"7b6f\" \"%s\" \"-\" inbound|8080|| - 10.1.0.5:8080 10.1.0.7:40000 outbound_.80_._.till.shop.svc.cluster.local default"
                                    .formatted(host)))
                    .as(host)
                    .contains("from shop/web")
                    .doesNotContain("from internet");
        }
    }

    @Test
    void what_a_client_sent_is_no_command_for_a_terminal() {
        assertThat(
                        told(
                                "[2026-03-01T09:00:00.000Z] \"GET /\u001b[31mred HTTP/2\" 404 NR route_not_found - \"-\" 0 0 0 - \"-\" \"-\" \"-\" \"shop.example.org\" \"-\" - - - - - -"))
                .doesNotContain("\u001b");
    }

    @Test
    void an_alert_is_told_by_its_name() {
        assertThat(EvidenceReader.read("{\"alerts\": [{\"labels\": {\"alertname\": \"GatewayDown\"}}]}"))
                .singleElement()
                .satisfies(evidence -> assertThat(evidence.alert()).contains("GatewayDown"));
    }

    private static String told(String text) {
        return told(MESH, text);
    }

    private static String told(Mesh mesh, String text) {
        StringBuilder told = new StringBuilder();
        for (Evidence evidence : EvidenceReader.read(text)) {
            Incident incident = Incident.of(mesh, evidence);
            List<String> looks = Looks.of(mesh, evidence, incident.caller());
            IncidentText.of(incident, Mends.NONE, looks, Optional.empty(), source -> Optional.empty())
                    .forEach(line -> told.append(line).append('\n'));
        }
        return told.toString();
    }
}
