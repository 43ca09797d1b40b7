package io.meshwright.house.platform;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.environment.MergedYaml;
import io.meshwright.house.Rendering;
import io.meshwright.platform.release.ImageAddOn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts reach whom the file names, by severity; what only they may know stays in Secrets. */
class ReceiversTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");
    private static final SortedMap<String, String> OBJECTS = objects(0);
    private static final SortedMap<String, String> BESIDE_SLACK = objects(1);

    @TempDir
    private Path home;

    @Test
    void are_admitted_by_api_server_and_checks() {
        for (SortedMap<String, String> objects : List.of(OBJECTS, BESIDE_SLACK)) {
            assertThat(Checks.run(Rendering.read(objects), Optional.empty()).all())
                    .extracting(Object::toString)
                    .filteredOn(finding -> finding.matches("observability/[A-Za-z]+/monitoring\\.alertmanager.*"))
                    .isEmpty();
        }
    }

    @Test
    void are_told_of_the_severities_that_they_name() throws IOException {
        JsonNode warning = configuration(OBJECTS).at("/receivers/0");
        JsonNode critical = configuration(OBJECTS).at("/receivers/1");

        assertThat(warning).has("/name", "warning").lacks("/pagerduty_configs").lacks("/slack_configs");
        assertThat((Iterable<JsonNode>) warning.path("email_configs")).hasSize(2);
        assertThat((Iterable<JsonNode>) warning.path("webhook_configs")).hasSize(2);
        assertThat(critical).has("/name", "critical").lacks("/msteamsv2_configs");
        assertThat((Iterable<JsonNode>) critical.path("email_configs")).hasSize(1);
        assertThat((Iterable<JsonNode>) critical.path("webhook_configs")).hasSize(1);
    }

    @Test
    void are_written_as_alertmanager_calls_them_with_secrets_as_files() throws IOException {
        JsonNode warning = configuration(OBJECTS).at("/receivers/0");
        JsonNode critical = configuration(OBJECTS).at("/receivers/1");

        assertThat(warning.at("/msteamsv2_configs/0"))
                .has("/send_resolved", false)
                .has("/webhook_url_file", "/etc/alertmanager/receivers/alertmanager/teams");
        assertThat(warning.at("/email_configs/0"))
                .has("/send_resolved", true)
                .has("/smarthost", "mail.example.org:587")
                .has("/from", "alerts@example.org")
                .has("/to", "platform@example.org, shop@example.org")
                .has("/require_tls", true)
                .has("/auth_username", "alerts")
                .has("/auth_password_file", "/etc/alertmanager/receivers/alertmanager/smtp");
        assertThat(critical.at("/email_configs/0")).has("/require_tls", false).lacks("/auth_username");
        assertThat(critical.at("/pagerduty_configs/0"))
                .has("/routing_key_file", "/etc/alertmanager/receivers/pagerduty/key")
                .has("/url", "https://events.eu.pagerduty.com/v2/enqueue")
                .has("/severity", "critical");
        assertThat(critical.at("/opsgenie_configs/0"))
                .has("/api_key_file", "/etc/alertmanager/receivers/opsgenie/key")
                .has("/api_url", "https://api.eu.opsgenie.com/")
                .has("/priority", "P1");
        assertThat(warning.at("/opsgenie_configs/0/priority").asText()).isEqualTo("P3");
        assertThat(critical.at("/webhook_configs/0"))
                .has("/url_file", "/etc/alertmanager/receivers/tickets/url")
                .has("/http_config/authorization/credentials_file", "/etc/alertmanager/receivers/tickets/token")
                .has("/http_config/tls_config/ca_file", "/etc/alertmanager/receivers/tickets-client/ca.crt")
                .has("/http_config/tls_config/cert_file", "/etc/alertmanager/receivers/tickets-client/tls.crt")
                .has("/http_config/tls_config/key_file", "/etc/alertmanager/receivers/tickets-client/tls.key");
    }

    @Test
    void stand_beside_slack() throws IOException {
        JsonNode file = configuration(BESIDE_SLACK);

        assertThat(file).has("/global/slack_api_url_file", "/etc/alertmanager/secrets/url");
        assertThat(file.at("/receivers/0"))
                .has("/slack_configs/0/channel", "#notices")
                .has("/opsgenie_configs/0/api_url", "https://api.opsgenie.com/")
                .lacks("/pagerduty_configs");
        assertThat(file.at("/receivers/1"))
                .has("/slack_configs/0/channel", "#alerts")
                .has("/pagerduty_configs/0/url", "https://events.pagerduty.com/v2/enqueue");
    }

    @Test
    void each_secret_is_mounted_once() throws IOException {
        JsonNode pod = read(OBJECTS, "observability/Deployment/monitoring.alertmanager")
                .at("/spec/template/spec");

        assertThat((Iterable<JsonNode>) pod.path("volumes"))
                .filteredOn(volume -> volume.has("secret"))
                .extracting(volume -> "%s %s"
                        .formatted(
                                volume.path("name").asText(),
                                volume.at("/secret/secretName").asText()))
                .containsExactlyInAnyOrder(
                        "receiver-0 alertmanager",
                        "receiver-1 bot",
                        "receiver-2 opsgenie",
                        "receiver-3 pagerduty",
                        "receiver-4 tickets",
                        "receiver-5 tickets-client");
        assertThat(pod.at("/containers/0/volumeMounts").toString())
                .contains("\"/etc/alertmanager/receivers/tickets\"")
                .doesNotContain("/etc/alertmanager/secrets");
    }

    @Test
    void alertmanager_is_let_out_to_their_ports_alone() throws IOException {
        assertThat((Iterable<JsonNode>) outside(OBJECTS))
                .extracting(port -> port.path("port").asInt())
                .containsExactly(25, 443, 587, 8443);
        assertThat((Iterable<JsonNode>) outside(BESIDE_SLACK))
                .extracting(port -> port.path("port").asInt())
                .containsExactly(443);
    }

    @Test
    void pages_name_every_secret_with_all_of_its_keys() throws IOException {
        Path file = Files.writeString(
                Files.createDirectories(home.resolve("environments")).resolve("shop.yaml"), file(0));

        assertThat(Fixtures.page(file, "secrets/shop.md"))
                .contains(
                        "| `monitoring/alertmanager` | `smtp`, `teams` |", "| `monitoring/tickets` | `token`, `url` |");
        assertThat(Fixtures.page(file, "monitoring/shop.md"))
                .contains(
                        "kubectl -n monitoring create secret generic tickets --from-file=url=/dev/stdin",
                        "kubectl -n monitoring patch secret tickets --patch-file=/dev/stdin",
                        "integration key of PagerDuty for `duty`");
    }

    @Test
    void amtool_accepts_them() throws Exception {
        Program amtool = Program.rendered("amtool", Samples.version(ImageAddOn.ALERTMANAGER), "the file's receivers");
        Files.writeString(home.resolve("all.yaml"), text(OBJECTS));
        Files.writeString(home.resolve("slack.yaml"), text(BESIDE_SLACK));

        Program.Answer answer = amtool.run(home, "check-config", "all.yaml", "slack.yaml");

        assertThat(answer.exit()).as(answer.output()).isZero();
    }

    private static JsonNode outside(SortedMap<String, String> objects) throws IOException {
        for (JsonNode rule : read(objects, "observability/NetworkPolicy/monitoring.alertmanager")
                .at("/spec/egress")) {
            if (rule.at("/to/0/ipBlock").isObject()) {
                return rule.path("ports");
            }
        }
        throw new AssertionError("it is let out nowhere");
    }

    private static JsonNode configuration(SortedMap<String, String> objects) throws IOException {
        return YAML.readTree(text(objects));
    }

    private static String text(SortedMap<String, String> objects) throws IOException {
        return read(objects, "observability/ConfigMap/monitoring.alertmanager")
                .at("/data")
                .elements()
                .next()
                .asText();
    }

    private static JsonNode read(SortedMap<String, String> objects, String name) throws IOException {
        assertThat(objects).containsKey(name);
        return YAML.readTree(objects.get(name));
    }

    private static SortedMap<String, String> objects(int number) {
        try {
            return Rendering.objects(file(number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(int number) {
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(RESOURCES.resolve("environments/receivers.yaml").toFile())) {
            String base = Files.readString(RESOURCES.resolve("agreement/base.yaml"));
            return MergedYaml.of(
                    number == 0 ? base.replaceFirst("(?m)^  alerts: .*\n", "") : base,
                    YAML.writeValueAsString(documents.readAll().get(number)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
