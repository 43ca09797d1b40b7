package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.settings.Healing;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.telemetry.AlertSeverity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Alertmanager's configuration file and arguments: who is told of which alert, and which alert hides which. */
public final class AlertmanagerConfig {
    /** Path in the pod of the file that {@link #text} gives. */
    public static final String FILE = "/etc/alertmanager/config/alertmanager.yaml";

    /** Mount path of the Secret with the webhook's address: one file per key. */
    public static final String SECRETS = "/etc/alertmanager/secrets";

    /** Mount path of the volume: silences, and what was sent already. */
    public static final String DATA = "/alertmanager";

    // While a promise is broken, that a service is unusual as well is no news.
    private static final List<String> BURNS = List.of(
            "ServiceErrorBudgetBurnsFast",
            "ServiceErrorBudgetBurnsSlowly",
            "ServiceLatencyBudgetBurnsFast",
            "ServiceLatencyBudgetBurnsSlowly");
    private static final String SERVICE = "destination_service_namespace, destination_service_name";

    private AlertmanagerConfig() {}

    public static String text(Settings settings) {
        Section global = Section.of("resolve_timeout", "5m");
        settings.notifications()
                .flatMap(notifications -> notifications.webhook().key())
                .ifPresent(key -> global.with("slack_api_url_file", "%s/%s".formatted(SECRETS, key)));
        return ConfigText.yaml(Section.of("global", global)
                .with("route", route(settings))
                .with("inhibit_rules", inhibitions(settings))
                .with("receivers", AlertReceivers.of(settings)));
    }

    /** The program's arguments. One replica needs no cluster: an empty address turns gossip off. */
    public static List<String> arguments(Settings settings) {
        ToolAddress address = settings.address(Tool.ALERTMANAGER);
        return List.of(
                "--config.file=%s".formatted(FILE),
                "--storage.path=%s".formatted(DATA),
                "--web.external-url=%s".formatted(address.url()),
                "--web.route-prefix=%s".formatted(address.root()),
                "--cluster.listen-address=");
    }

    private static Section route(Settings settings) {
        Section critical = Section.of("matchers", List.of(matcher(AlertSeverity.CRITICAL)))
                .with("receiver", AlertSeverity.CRITICAL.label())
                .with("group_wait", "10s")
                .with("repeat_interval", "4h");
        return Section.of("receiver", AlertSeverity.WARNING.label())
                .with("group_by", List.of("alertname", "namespace", "destination_service_namespace"))
                .with("group_wait", "30s")
                .with("group_interval", "5m")
                .with("repeat_interval", "24h")
                .with("routes", withHealers(settings.aiOps().healers(), critical));
    }

    /**
     * Routes of whoever acts by himself before those of people, who are told all the same: whoever continues goes on to
     * the next that matches, and the root takes only what none of them did [prometheus.io, Alertmanager, route].
     */
    private static List<Section> withHealers(List<Healing.Process> healers, Section critical) {
        if (healers.isEmpty()) {
            return List.of(critical);
        }
        List<Section> routes = new ArrayList<>();
        healers.forEach(healer ->
                healer.routes().forEach(matchers -> routes.add(healing(healer.receiver(), matchers))));
        routes.add(critical);
        routes.add(Section.of("receiver", AlertSeverity.WARNING.label()));
        return routes;
    }

    /** One route; an alert that is held back comes again with the next round. */
    private static Section healing(String receiver, List<String> matchers) {
        return Section.of("matchers", matchers)
                .with("receiver", receiver)
                .with("continue", true)
                .with("group_by", List.of("..."))
                .with("group_wait", "10s")
                .with("group_interval", "1m")
                .with("repeat_interval", "5m");
    }

    /** The cause hides its consequences, so that whoever is woken sees one alert and not thirty. */
    private static List<Section> inhibitions(Settings settings) {
        List<Section> inhibitions = new ArrayList<>(causes());
        if (!settings.mesh().streaming().isEmpty()) {
            inhibitions.add(hides("StreamBudgetBurnsFast", "StreamBudgetBurnsSlowly", SERVICE));
        }
        if (settings.aiOps().warnsOfServices()) {
            String unusual = warnings(settings).map(Alert::name).collect(Collectors.joining("|"));
            BURNS.forEach(burn -> inhibitions.add(hides(burn, unusual, SERVICE)));
        }
        return inhibitions;
    }

    /** Alerts of single services beside what they promise. */
    private static Stream<Alert> warnings(Settings settings) {
        return Stream.concat(
                settings.aiOps().anomalies().stream().flatMap(anomalies -> AnomalyAlerts.all().alerts().stream()),
                settings.aiOps().logs().alerts().stream()
                        .flatMap(alerts -> MessageAlerts.of(alerts).alerts().stream()));
    }

    private static List<Section> causes() {
        return List.of(
                hides("ServiceErrorBudgetBurnsFast", "ServiceErrorBudgetBurnsSlowly", SERVICE),
                hides("ServiceLatencyBudgetBurnsFast", "ServiceLatencyBudgetBurnsSlowly", SERVICE),
                hides(
                        "ServiceErrorBudgetBurnsFast",
                        "ServiceLatencyBudgetBurnsFast|ServiceLatencyBudgetBurnsSlowly",
                        SERVICE),
                hides("VolumeFull", "VolumeNearlyFull", "namespace, persistentvolumeclaim"),
                hides(
                        "CertificateExpiresNow",
                        "CertificateExpiresSoon|CertificateNotReady",
                        "exported_namespace, name"),
                hides(
                        "IstiodDown",
                        "SidecarInjectionFails|IstiodPushesSlowly|WorkloadCertificateNotRenewed",
                        "cluster"),
                hides("NodeNotReady", "TargetDown|ReplicasMissing", "cluster"),
                hides("GatewayDown", "GatewayServerErrors", "cluster"));
    }

    private static Section hides(String cause, String consequences, String sameLabels) {
        return Section.of("source_matchers", List.of("alertname=\"%s\"".formatted(cause)))
                .with("target_matchers", List.of("alertname=~\"%s\"".formatted(consequences)))
                .with("equal", List.of(sameLabels.split(", ")));
    }

    private static String matcher(AlertSeverity severity) {
        return "severity=\"%s\"".formatted(severity.label());
    }
}
