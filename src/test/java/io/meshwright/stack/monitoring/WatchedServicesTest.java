package io.meshwright.stack.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.observability.settings.AiOps;
import io.meshwright.construct.observability.settings.LogAlerts;
import io.meshwright.construct.observability.settings.LoggingService;
import io.meshwright.construct.observability.settings.Logs;
import io.meshwright.construct.observability.settings.ScaledAhead;
import io.meshwright.construct.observability.settings.WatchedService;
import io.meshwright.environment.AiOps.Anomalies;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.value.Name;
import io.meshwright.value.telemetry.Sensitivity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchedServicesTest {
    private static final Path BASE = Path.of("test/resources/agreement/base.yaml");

    @Test
    void nothing_looks_ahead_unless_the_file_says_so() throws IOException {
        assertThat(aiOps("{}")).isEqualTo(AiOps.none());
    }

    @Test
    void every_called_service_is_watched_with_the_names_of_its_pods() throws IOException {
        AiOps aiOps = aiOps("""
            aiOps: {anomalies: {sensitivity: high, services: {api: low}, minimumRequests: 30}, forecasts: true}
            services:
              web:
                app: front
                release: {type: canary, versions: [{name: v1, weight: 90}, {name: v2, weight: 10}]}
                routes: [{host: web.example.org, prefix: /}]
            """);

        assertThat(aiOps.forecasts()).isTrue();
        assertThat(aiOps.anomalies().orElseThrow().minimumRequests()).isEqualTo(30);
        assertThat(aiOps.anomalies().orElseThrow().services())
                .containsExactly(
                        new WatchedService(
                                Name.of("shop"),
                                Name.of("web"),
                                "front",
                                List.of("front-v1", "front-v2"),
                                Sensitivity.HIGH),
                        new WatchedService(Name.of("shop"), Name.of("api"), "api", List.of("api"), Sensitivity.LOW));
        assertThat(aiOps.anomalies().orElseThrow().services().get(0).pods())
                .isEqualTo("namespace=\"shop\",pod=~\"(front-v1|front-v2)-[a-z0-9]+(-[a-z0-9]{5})?\"");
    }

    @Test
    void lines_are_read_of_every_service_but_those_that_are_left_out() throws IOException {
        AiOps aiOps = aiOps("""
            aiOps: {logs: {redact: true, patterns: true, alerts: {except: [api], messages: 40, burst: 50}}}
            services: {web: {app: front}}
            """);

        assertThat(aiOps.logs())
                .isEqualTo(new Logs(
                        true,
                        Optional.of(new LogAlerts(
                                List.of(new LoggingService(Name.of("shop"), Name.of("web"), "front")), 40, 50)),
                        true));
        assertThat(aiOps.counted()).hasSize(1);
        assertThat(aiOps.warnsOfServices()).isTrue();
    }

    @Test
    void a_service_can_be_left_out() throws IOException {
        AiOps aiOps = aiOps("aiOps: {anomalies: {services: {api: none}}}");

        assertThat(aiOps.anomalies().orElseThrow().services())
                .extracting(WatchedService::name)
                .containsExactly(Name.of("web"));
        assertThatThrownBy(() -> new Anomalies(Sensitivity.NONE, null, null))
                .hasMessage("sensitivity: \"none\" leaves no service to be watched; give low, medium or high, or remove"
                        + " anomalies");
    }

    @Test
    void the_forecast_of_an_autoscaler_is_held_against_what_came() throws IOException {
        AiOps aiOps = aiOps("services: {web: {scale: {autoscale: {type: keda, maxReplicas: 6, requestsPerSecond: 50,"
                + " lastWeek: true}}}}");

        assertThat(aiOps.scaledAhead()).containsExactly(new ScaledAhead(Name.of("shop"), Name.of("web"), 50));
    }

    private static AiOps aiOps(String patch) throws IOException {
        String file = MergedYaml.of(Files.readString(BASE), patch);
        Reading<Environment> reading = EnvironmentReader.read("shop.yaml", file.getBytes(StandardCharsets.UTF_8));
        return new MonitoringSettings(((Reading.Accepted<Environment>) reading).value())
                .settings()
                .aiOps();
    }
}
