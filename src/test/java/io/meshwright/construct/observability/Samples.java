package io.meshwright.construct.observability;

import io.meshwright.construct.observability.settings.AccessLogs;
import io.meshwright.construct.observability.settings.AiOps;
import io.meshwright.construct.observability.settings.Anomalies;
import io.meshwright.construct.observability.settings.DeclaredCertificate;
import io.meshwright.construct.observability.settings.Exposure;
import io.meshwright.construct.observability.settings.LogAlerts;
import io.meshwright.construct.observability.settings.LoggingService;
import io.meshwright.construct.observability.settings.Logs;
import io.meshwright.construct.observability.settings.Mesh;
import io.meshwright.construct.observability.settings.MonitoringDomain;
import io.meshwright.construct.observability.settings.Notifications;
import io.meshwright.construct.observability.settings.ScaledAhead;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.StreamingService;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.WatchedService;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.ImageAddOn;
import io.meshwright.value.Day;
import io.meshwright.value.Name;
import io.meshwright.value.Percent;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.Version;
import io.meshwright.value.telemetry.MonitoringParts;
import io.meshwright.value.telemetry.RemoteWrite;
import io.meshwright.value.telemetry.Sensitivity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of three kinds of environment, as tests use them. */
public final class Samples {
    private static final Notifications SLACK =
            new Notifications(SecretRef.of("alertmanager-slack/url"), "#alerts-critical", "#alerts");

    private static final List<String> WATCHED = List.of("cart", "chat", "edge");

    private static final Logs LOGS = new Logs(
            true,
            Optional.of(new LogAlerts(
                    WATCHED.stream()
                            .map(name -> new LoggingService(Name.of("shop"), Name.of(name), name))
                            .toList(),
                    5,
                    20)),
            true);

    private static final RemoteWrite STORE = new RemoteWrite.Outside(
            Url.of("https://metrics.example.org/api/v1/push"), null, null, null, null, null, null);

    private static final StreamingService CHAT =
            new StreamingService(Name.of("shop"), Name.of("chat"), "chat", List.of("/chat"));

    private Samples() {}

    /** Which version of a program goes with the newest of our clusters. */
    public static Version version(ImageAddOn addOn) {
        return Compatibility.resolve(Version.of("1.33"), Version.of("1.30.5"))
                .image(addOn)
                .version();
    }

    /** All tools below paths of one host; STRICT; every optional alert is raised. */
    public static Settings subPaths() {
        String host = "monitoring.example.org";
        MonitoringDomain domain = MonitoringDomain.inNamespace("monitoring")
                .exposeBelow(host, Tool.GRAFANA)
                .exposeBelow(host, Tool.PROMETHEUS)
                .exposeBelow(host, Tool.ALERTMANAGER)
                .exposeBelow(host, Tool.KIALI)
                .exposeBelow(host, Tool.JAEGER)
                .build();
        Mesh mesh = new Mesh(
                null,
                List.of("istio-ingressgateway"),
                List.of("shop", "default"),
                List.of("edge"),
                Percent.of(1),
                List.of(new StreamingService(Name.of("shop"), Name.of("live"), "live", List.of("/events(/.*)?"))));
        return settings(domain, mesh, AccessLogs.stdout(), Optional.of(SLACK));
    }

    /** The same with everything on that looks ahead. */
    public static Settings watched() {
        Settings plain = subPaths();
        return new Settings(
                plain.environment(),
                plain.domain(),
                plain.mesh(),
                null,
                null,
                null,
                null,
                plain.certificates(),
                plain.notifications(),
                plain.runbooks(),
                plain.accessLogs(),
                null,
                new AiOps(
                        Optional.of(anomalies(Sensitivity.MEDIUM, WATCHED)),
                        true,
                        List.of(
                                new ScaledAhead(Name.of("shop"), Name.of("cart"), 5),
                                new ScaledAhead(Name.of("shop"), Name.of("store"), 50)),
                        LOGS),
                null,
                new MonitoringParts(null, null, null, null, true, Map.of(Name.of("archive"), STORE)));
    }

    /** These services of the namespace shop, watched alike; below 12 requests per minute they are not. */
    public static Anomalies anomalies(Sensitivity sensitivity, List<String> services) {
        return new Anomalies(
                services.stream()
                        .map(name ->
                                new WatchedService(Name.of("shop"), Name.of(name), name, List.of(name), sensitivity))
                        .toList(),
                12);
    }

    /** One host per tool, the rest not exposed; PERMISSIVE. */
    public static Settings hosts() {
        MonitoringDomain domain = MonitoringDomain.inNamespace("monitoring")
                .expose(Tool.GRAFANA, Exposure.ownHost("grafana.example.org"))
                .expose(Tool.KIALI, Exposure.ownHost("kiali.example.org"))
                .place(Tool.KIALI, "istio-system")
                .build();
        Mesh mesh = new Mesh(null, List.of("istio-ingressgateway"), null, null, Percent.of(10), List.of(CHAT));
        return settings(domain, mesh, AccessLogs.stdout(), Optional.of(SLACK));
    }

    /** Nothing exposed, nobody notified; access logs by the collector; every request traced. */
    public static Settings provider() {
        MonitoringDomain domain = MonitoringDomain.inNamespace("watch").build();
        Mesh mesh = new Mesh(null, List.of("istio-ingressgateway"), List.of("apps"), null, Percent.of(100), null);
        List<String> labels = List.of("pod", "namespace", "app", "instance", "version", "cluster_name", "log_type");
        return settings(domain, mesh, AccessLogs.provider(labels), Optional.empty());
    }

    private static Settings settings(
            MonitoringDomain domain, Mesh mesh, AccessLogs accessLogs, Optional<Notifications> notifications) {
        return new Settings(
                Name.of("sample"),
                domain,
                mesh,
                null,
                null,
                null,
                null,
                List.of(new DeclaredCertificate(Name.of("origin"), Day.of("2030-01-01"))),
                notifications,
                Url.of("https://git.example.org/platform/docs/runbooks"),
                accessLogs,
                null,
                null,
                null,
                null);
    }
}
