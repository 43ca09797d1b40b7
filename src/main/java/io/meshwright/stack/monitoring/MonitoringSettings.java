package io.meshwright.stack.monitoring;

import io.meshwright.construct.observability.settings.AccessLogs;
import io.meshwright.construct.observability.settings.ClaimTerms;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.DeclaredCertificate;
import io.meshwright.construct.observability.settings.Elsewhere;
import io.meshwright.construct.observability.settings.Exposure;
import io.meshwright.construct.observability.settings.Kept;
import io.meshwright.construct.observability.settings.KialiLogin;
import io.meshwright.construct.observability.settings.Mesh;
import io.meshwright.construct.observability.settings.MonitoringDomain;
import io.meshwright.construct.observability.settings.Notifications;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.StreamingService;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.Volumes;
import io.meshwright.environment.Cluster;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Istio.Provider;
import io.meshwright.environment.Observability;
import io.meshwright.environment.Observability.Kiali.Login;
import io.meshwright.environment.Parties;
import io.meshwright.environment.Service;
import io.meshwright.environment.ToolStorage.Volume;
import io.meshwright.value.Acceptance;
import io.meshwright.value.Name;
import io.meshwright.value.Percent;
import io.meshwright.value.Require;
import io.meshwright.value.Url;
import io.meshwright.value.security.MtlsException;
import io.meshwright.value.security.MtlsMode;
import io.meshwright.value.telemetry.LokiPart;
import io.meshwright.value.telemetry.MonitoringParts;
import io.meshwright.value.traffic.Route;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Translates an environment's monitoring into the settings of the observability constructs. */
public final class MonitoringSettings {
    private final Environment environment;
    private final Observability observability;

    public MonitoringSettings(Environment environment) {
        this.environment = environment;
        this.observability = environment.observability();
    }

    /** The settings, with every value that the environment leaves out. */
    public Settings settings() {
        return new Settings(
                environment.metadata().name(),
                domain(),
                mesh(),
                observability.agents().toString(),
                new Kept(
                        observability.retention().metrics(),
                        observability.retention().logs(),
                        observability.retention().traces(),
                        observability.backup().keep()),
                volumes(),
                observability.objectives(),
                certificates(),
                notifications(),
                runbooks(),
                accessLogs(),
                observability.kiali().login() == Login.ANONYMOUS ? KialiLogin.anonymous() : KialiLogin.token(),
                new WatchedServices(environment).aiOps(),
                observability.alerts() == null
                        ? Map.of()
                        : observability.alerts().receivers(),
                observability.parts());
    }

    /** Addresses of the tools; browsers reach all hosts by HTTPS, which the edge or the gateway ends. */
    public MonitoringDomain domain() {
        MonitoringDomain.Builder domain =
                MonitoringDomain.inNamespace(observability.namespace().toString());
        if (observability.kiali().namespace() != null) {
            domain.place(Tool.KIALI, observability.kiali().namespace().toString());
        }
        if (observability.domain() != null) {
            List.of(
                            Observability.Tool.GRAFANA,
                            Observability.Tool.PROMETHEUS,
                            Observability.Tool.KIALI,
                            Observability.Tool.JAEGER)
                    .stream()
                    .filter(observability::runs)
                    .forEach(tool -> domain.exposeBelow(observability.domain().toString(), MonitoringWords.tool(tool)));
        }
        observability
                .hosts()
                .forEach((tool, host) -> domain.expose(MonitoringWords.tool(tool), Exposure.ownHost(host.toString())));
        elsewhere(domain);
        return domain.build();
    }

    /** The tools that others run. */
    private void elsewhere(MonitoringDomain.Builder domain) {
        MonitoringParts parts = observability.parts();
        parts.existingPrometheus()
                .ifPresent(existing -> domain.elsewhere(
                        Tool.PROMETHEUS,
                        Elsewhere.inCluster("%s:%s%s".formatted(existing.host(), existing.port(), existing.path()))));
        parts.existingGrafana().ifPresent(existing -> domain.elsewhere(Tool.GRAFANA, Elsewhere.at(existing.url())));
        if (parts.loki() instanceof LokiPart.Existing existing) {
            domain.elsewhere(Tool.LOKI, Elsewhere.inCluster("%s:%s".formatted(existing.host(), existing.port())));
        }
    }

    private Volumes volumes() {
        Observability.Volumes sizes = observability.volumes();
        Map<Component, ClaimTerms> terms = new EnumMap<>(Component.class);
        for (Volume volume : Volume.values()) {
            terms.put(MonitoringWords.owner(volume), terms(volume));
        }
        return new Volumes(
                sizes.storageClass(),
                sizes.prometheus(),
                sizes.loki(),
                sizes.jaeger(),
                sizes.grafana(),
                sizes.alertmanager(),
                sizes.backups(),
                terms);
    }

    private ClaimTerms terms(Volume volume) {
        Cluster cluster = environment.cluster();
        String storageClass =
                observability.storageClass(volume, cluster.platform().storageClass());
        return new ClaimTerms(
                storageClass,
                Optional.ofNullable(cluster.storageClasses().get(storageClass)),
                volume.program(),
                observability
                        .storage()
                        .keeping(volume)
                        .map(kept -> new Acceptance(kept.owner(), kept.reason(), kept.expires())));
    }

    private Mesh mesh() {
        return new Mesh(
                Parties.ISTIO_SYSTEM.toString(),
                environment.gatewayEntries().stream()
                        .map(entry -> entry.release().toString())
                        .toList(),
                strictNamespaces(),
                environment.istio().exceptions().stream().map(this::app).toList(),
                Percent.of(environment.istio().telemetry().sampling()),
                streaming());
    }

    private List<String> strictNamespaces() {
        return environment.namespaces().entrySet().stream()
                .filter(entry -> entry.getValue().inject())
                .filter(entry -> (entry.getValue().mtls() == null
                                ? environment.istio().mtls()
                                : entry.getValue().mtls())
                        == MtlsMode.STRICT)
                .map(entry -> entry.getKey().toString())
                .toList();
    }

    private String app(MtlsException exception) {
        Name service = exception.service();
        return Objects.requireNonNull(environment.services().get(service), service::toString)
                .workloadName(service.toString());
    }

    private List<StreamingService> streaming() {
        return environment.services().entrySet().stream()
                .filter(entry -> entry.getValue().streams())
                .map(entry -> streaming(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static StreamingService streaming(Name name, Service service) {
        return new StreamingService(
                service.namespace(),
                name,
                service.workloadName(name.toString()),
                service.routes().stream()
                        .filter(Route::streams)
                        .map(route -> route.path().expression())
                        .distinct()
                        .toList());
    }

    private List<DeclaredCertificate> certificates() {
        return observability.certificates().entrySet().stream()
                .map(entry -> new DeclaredCertificate(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Optional<Notifications> notifications() {
        return Optional.ofNullable(observability.alerts())
                .filter(alerts -> alerts.slackWebhook() != null)
                .map(alerts -> new Notifications(
                        Require.present("slackWebhook", alerts.slackWebhook()),
                        Require.present("critical", alerts.critical()),
                        Require.present("warning", alerts.warning())));
    }

    /** The pages that the synth generates, as the repository's host shows them. */
    private Url runbooks() {
        Url repository = environment.delivery().repository().pages();
        return Url.of("%s/blob/%s/docs/runbooks/%s"
                .formatted(
                        repository,
                        environment.delivery().revision(),
                        environment.metadata().name()));
    }

    private AccessLogs accessLogs() {
        return environment.istio().telemetry().providers().values().stream()
                .filter(provider -> provider.kind() == Provider.Kind.ACCESS_LOG)
                .findFirst()
                .map(provider ->
                        AccessLogs.provider(List.copyOf(provider.labels().keySet())))
                .orElseGet(AccessLogs::stdout);
    }
}
