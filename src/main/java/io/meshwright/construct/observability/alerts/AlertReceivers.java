package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.settings.Healing;
import io.meshwright.construct.observability.settings.Notifications;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.Email;
import io.meshwright.value.SecretRef;
import io.meshwright.value.healing.HealingNames;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.telemetry.AlertSeverity;
import io.meshwright.value.telemetry.Receiver;
import io.meshwright.value.telemetry.Receiver.Mail;
import io.meshwright.value.telemetry.Receiver.Opsgenie;
import io.meshwright.value.telemetry.Receiver.PagerDuty;
import io.meshwright.value.telemetry.Receiver.Teams;
import io.meshwright.value.telemetry.Receiver.Webhook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The receivers of Alertmanager's file, one for each severity, with everybody who is told of it. Keys and addresses
 * that nobody may know are read from files (prometheus.io, Alertmanager, configuration).
 */
public final class AlertReceivers {
    private static final String FILES = "/etc/alertmanager/receivers";
    private static final int MOST_ALERTS = 50;
    private static final String TITLE =
            "{{ .Status | toUpper }}: {{ .CommonLabels.alertname }} on {{ .CommonLabels.cluster }}";
    private static final String TEXT =
            "{{ range .Alerts }}{{ .Annotations.summary }} (<{{ .Annotations.runbook_url }}|what to do>)\n{{ end }}";
    private static final String GRAPH = "{{ with .Annotations.graph_url }} (<{{ . }}|graph>){{ end }}";
    private static final String MARKDOWN =
            "{{ range .Alerts }}{{ .Annotations.summary }} ([what to do]({{ .Annotations.runbook_url }}))\n\n{{ end }}";
    private static final String PLAIN =
            "{{ range .Alerts }}{{ .Annotations.summary }}: {{ .Annotations.runbook_url }}\n{{ end }}";

    private final Settings settings;
    private final AlertSeverity severity;

    private AlertReceivers(Settings settings, AlertSeverity severity) {
        this.settings = settings;
        this.severity = severity;
    }

    /** The folder with the keys of a Secret of receivers, one file for each. */
    public static String folder(String secret) {
        return "%s/%s".formatted(FILES, secret);
    }

    static List<Section> of(Settings settings) {
        return Stream.concat(
                        Stream.of(AlertSeverity.WARNING, AlertSeverity.CRITICAL)
                                .map(severity -> new AlertReceivers(settings, severity).receiver()),
                        settings.aiOps().healing().stream().flatMap(AlertReceivers::healers))
                .toList();
    }

    private static Stream<Section> healers(Healing healing) {
        Section http = Section.of("authorization", Section.of("credentials_file", file(healing.token())))
                .with("tls_config", pair(ObjectName.of(HealingNames.CLIENT)));
        return healing.processes().stream()
                .map(healer -> Section.of("name", healer.receiver())
                        .with(
                                "webhook_configs",
                                List.of(Section.of(
                                                "send_resolved", healer.action().undoes())
                                        .with("url", healer.url())
                                        .with("max_alerts", MOST_ALERTS)
                                        .with("http_config", http))));
    }

    private Section receiver() {
        Section receiver = Section.of("name", severity.label());
        settings.notifications().ifPresent(slack -> receiver.with("slack_configs", List.of(slack(slack))));
        Map<String, List<Section>> byKind = settings.receivers().values().stream()
                .filter(each -> each.severities().contains(severity))
                .collect(Collectors.groupingBy(
                        AlertReceivers::kind,
                        LinkedHashMap::new,
                        Collectors.mapping(this::configuration, Collectors.toList())));
        byKind.forEach(receiver::with);
        return receiver;
    }

    private Section slack(Notifications slack) {
        String channel = severity == AlertSeverity.CRITICAL ? slack.critical() : slack.warning();
        return Section.of("channel", channel)
                .with("send_resolved", true)
                .with(
                        "color",
                        "{{ if eq .Status \"firing\" }}%s{{ else }}good{{ end }}"
                                .formatted(severity == AlertSeverity.CRITICAL ? "danger" : "warning"))
                .with("title", TITLE)
                .with("text", severity == AlertSeverity.WARNING ? withGraph() : TEXT);
    }

    /** A warning that a graph explains leads to it. */
    private String withGraph() {
        return settings.aiOps().warnsOfServices() ? TEXT.replace("\n", GRAPH.concat("\n")) : TEXT;
    }

    private static String kind(Receiver receiver) {
        if (receiver instanceof Teams) {
            return "msteamsv2_configs";
        }
        if (receiver instanceof Mail) {
            return "email_configs";
        }
        if (receiver instanceof PagerDuty) {
            return "pagerduty_configs";
        }
        return receiver instanceof Opsgenie ? "opsgenie_configs" : "webhook_configs";
    }

    private Section configuration(Receiver receiver) {
        Section section = Section.of("send_resolved", receiver.sendResolved());
        if (receiver instanceof Teams teams) {
            return section.with("webhook_url_file", file(teams.webhookUrl()))
                    .with("title", TITLE)
                    .with("text", MARKDOWN);
        }
        if (receiver instanceof Mail mail) {
            return mail(section, mail);
        }
        if (receiver instanceof PagerDuty pagerDuty) {
            return section.with("routing_key_file", file(pagerDuty.routingKey()))
                    .with("url", pagerDuty.url().toString())
                    .with("severity", severity.label())
                    .with("description", TITLE)
                    .with(
                            "links",
                            List.of(Section.of("href", "{{ .CommonAnnotations.runbook_url }}")
                                    .with("text", "what to do")));
        }
        if (receiver instanceof Opsgenie opsgenie) {
            return section.with("api_key_file", file(opsgenie.apiKey()))
                    .with("api_url", opsgenie.apiUrl().toString())
                    .with("priority", severity == AlertSeverity.CRITICAL ? "P1" : "P3")
                    .with("message", TITLE)
                    .with("description", PLAIN);
        }
        return webhook(section, (Webhook) receiver);
    }

    private static Section mail(Section section, Mail mail) {
        section.with("smarthost", mail.smarthost())
                .with("from", mail.from().toString())
                .with("to", mail.to().stream().map(Email::toString).collect(Collectors.joining(", ")))
                .with("require_tls", mail.requireTls())
                .with("headers", Section.of("Subject", TITLE))
                .with("text", PLAIN);
        credentials(mail.username(), mail.password()).ifPresent(login -> login.forEach(section::with));
        return section;
    }

    private static Optional<Map<String, String>> credentials(@Nullable String username, @Nullable SecretRef password) {
        return Optional.ofNullable(password).map(secret -> {
            Map<String, String> login = new LinkedHashMap<>();
            login.put("auth_username", Objects.requireNonNull(username, "username"));
            login.put("auth_password_file", file(secret));
            return login;
        });
    }

    private static Section webhook(Section section, Webhook webhook) {
        section.with("url_file", file(webhook.url()));
        Map<String, Object> http = new LinkedHashMap<>();
        if (webhook.token() != null) {
            http.put("authorization", Section.of("credentials_file", file(webhook.token())));
        }
        if (webhook.clientCertificate() != null) {
            http.put("tls_config", pair(webhook.clientCertificate()));
        }
        return section.withAny("http_config", http);
    }

    /** A certificate of its own, and who signed that of the other side. */
    private static Section pair(ObjectName secret) {
        String folder = folder(secret.toString());
        return Section.of("ca_file", folder.concat("/ca.crt"))
                .with("cert_file", folder.concat("/tls.crt"))
                .with("key_file", folder.concat("/tls.key"));
    }

    private static String file(SecretRef secret) {
        return "%s/%s".formatted(folder(secret.name()), secret.key().orElseThrow());
    }
}
