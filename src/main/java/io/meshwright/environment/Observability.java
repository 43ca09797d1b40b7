package io.meshwright.environment;

import io.meshwright.value.Day;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Retention;
import io.meshwright.value.Sample;
import io.meshwright.value.Shorthand;
import io.meshwright.value.Word;
import io.meshwright.value.security.AddressSet;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.telemetry.Absent;
import io.meshwright.value.telemetry.GrafanaPart;
import io.meshwright.value.telemetry.JaegerPart;
import io.meshwright.value.telemetry.LokiPart;
import io.meshwright.value.telemetry.MonitoringParts;
import io.meshwright.value.telemetry.Objectives;
import io.meshwright.value.telemetry.PrometheusPart;
import io.meshwright.value.telemetry.RemoteWrite;
import io.meshwright.value.workload.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Metrics, logs, traces, service map, dashboards, alerts and backup. */
@Doc("Metrics, logs, traces, service map, dashboards, alerts and backup.")
@Sample("{alerts: {slackWebhook: slack/url, critical: \"#shop-alerts\", warning: \"#shop-notices\"}}")
public record Observability(
        @Defaulted @Doc("Namespace of the tools; default monitoring.")
        Name namespace,

        @Defaulted @Doc("small: the whole stack within about 2 CPU and 4Gi of requests; large; default small.")
        Profile profile,

        @Nullable @Doc("One host for all tools, each below its own path; or give hosts.")
        Host domain,

        @Defaulted @Doc("A host of its own for a tool, by name: grafana, prometheus, jaeger, kiali, alertmanager.")
        Map<Tool, Host> hosts,

        @Defaulted @Doc("How long things are kept.") Keep retention,
        @Defaulted @Doc("Sizes of the volumes.") Volumes volumes,

        @Defaulted @Doc("Classes of single volumes, where they differ.")
        ToolStorage storage,

        @Defaulted @Doc("Requests and limits of single programs, instead of the profile's.")
        Map<Program, Resources> resources,

        @Nullable @Doc("How many collectors take spans and lines; default 1 in the small profile, 2 in the large.")
        Integer collectors,

        @Defaulted @Doc("Who reaches the tools through the gateway.")
        Access access,

        @Defaulted @Doc("Kiali's login and namespace.") Kiali kiali,

        @Nullable @Doc("Prometheus and Alertmanager that others run, or none; default: ours.")
        PrometheusPart prometheus,

        @Nullable @Doc("Grafana that others run, or none; default: ours.")
        GrafanaPart grafana,

        @Nullable @Doc("Loki that others run, or none; default: ours, with an agent on each node.")
        LokiPart loki,

        @Nullable @Doc("Who takes spans in the place of Jaeger, or none; default: Jaeger of ours.")
        JaegerPart jaeger,

        @Defaulted
        @Doc("Long-term stores to which Prometheus of ours writes too, by a name of one's own; default: none.")
        Map<Name, RemoteWrite> remoteWrite,

        @Nullable @Doc("Where alerts go; needed for a Prometheus of ours.")
        Alerts alerts,

        @Defaulted @Doc("What services promise.") Objectives objectives,
        @Defaulted @Doc("Backup of Grafana.") Backup backup,

        @Defaulted
        @Doc("Last day of each certificate that nothing in the cluster renews, by name: an alert is raised 30 days"
                + " before.")
        Map<Name, Day> certificates) {
    public Observability {
        namespace = namespace == null ? Name.of("monitoring") : namespace;
        profile = profile == null ? Profile.SMALL : profile;
        hosts = hosts == null ? Map.of() : new LinkedHashMap<>(hosts);
        Require.that(
                domain == null || hosts.isEmpty(),
                "hosts",
                "domain \"%s\" already gives every tool a path".formatted(domain),
                "keep domain or hosts");
        retention = retention == null ? new Keep(null, null, null) : retention;
        volumes = volumes == null ? Volumes.defaults() : volumes;
        storage = storage == null ? ToolStorage.none() : storage;
        Require.that(
                volumes.storageClass() == null || !storage.hasEveryVolume(),
                "volumes.storageClass",
                "is the class of no volume, because storage names one for each",
                "remove it");
        resources = resources == null ? Map.of() : new LinkedHashMap<>(resources);
        access = access == null ? new Access(null, null) : access;
        kiali = kiali == null ? new Kiali(null, null, null) : kiali;
        if (collectors != null) {
            Require.inRange("collectors", collectors, 1, 100);
        }
        remoteWrite = remoteWrite == null ? Map.of() : new LinkedHashMap<>(remoteWrite);
        if (prometheus == null) {
            Require.present("alerts", alerts);
        }
        objectives = objectives == null ? Objectives.defaults() : objectives;
        backup = backup == null ? new Backup(null, null) : backup;
        certificates = certificates == null ? Map.of() : new LinkedHashMap<>(certificates);
    }

    /** No monitoring at all, by one word. */
    @Shorthand
    public static Observability of(String word) {
        Require.that(
                word.equals("none"),
                "",
                "%s is unknown".formatted(Plain.quoted(word)),
                "write none, or the keys of monitoring");
        Absent absent = new Absent();
        return new Observability(
                null, null, null, null, null, null, null, null, null, null, null, absent, absent, absent, absent, null,
                null, null, null, null);
    }

    /** Returns which programs are ours. */
    public MonitoringParts parts() {
        return new MonitoringParts(prometheus, grafana, loki, jaeger, kiali.enabled(), remoteWrite);
    }

    /** True if a tool that people open is one of ours. */
    public boolean runs(Tool tool) {
        return switch (tool) {
            case GRAFANA -> parts().runsGrafana();
            case PROMETHEUS, ALERTMANAGER -> parts().runsPrometheus();
            case JAEGER -> parts().runsJaeger();
            case KIALI -> parts().runsKiali();
        };
    }

    /** True if a volume's program is one of ours. */
    public boolean runs(ToolStorage.Volume volume) {
        return switch (volume) {
            case PROMETHEUS, ALERTMANAGER -> parts().runsPrometheus();
            case GRAFANA, BACKUPS -> parts().runsGrafana();
            case LOKI -> parts().runsLoki();
            case JAEGER -> parts().runsJaeger();
        };
    }

    /** The namespace of the agents on the nodes, which read what restricted pods may not. */
    public Name agents() {
        return Name.of(namespace + "-agents");
    }

    /** The class of a volume's claim: what it keeps, else its own, else the tools', else the platform's. */
    public String storageClass(ToolStorage.Volume volume, String platforms) {
        return storage.keeping(volume)
                .map(ToolStorage.Kept::storageClass)
                .or(() -> Optional.ofNullable(storage.classes().get(volume)))
                .orElse(volumes.storageClass() == null ? platforms : volumes.storageClass());
    }

    /** Sizes of the tools' containers. */
    public enum Profile {
        @Word("small")
        SMALL,
        @Word("large")
        LARGE
    }

    /** The tools that people open. */
    public enum Tool {
        @Word("grafana")
        GRAFANA,
        @Word("prometheus")
        PROMETHEUS,
        @Word("alertmanager")
        ALERTMANAGER,
        @Word("jaeger")
        JAEGER,
        @Word("kiali")
        KIALI
    }

    /** The programs that run. */
    public enum Program {
        @Word("prometheus")
        PROMETHEUS,
        @Word("alertmanager")
        ALERTMANAGER,
        @Word("grafana")
        GRAFANA,
        @Word("loki")
        LOKI,
        @Word("jaeger")
        JAEGER,
        @Word("kiali")
        KIALI,
        @Word("otel-collector")
        OTEL_COLLECTOR,
        @Word("kube-state-metrics")
        KUBE_STATE_METRICS,
        @Word("log-agent")
        LOG_AGENT,
        @Word("node-exporter")
        NODE_EXPORTER,
        @Word("grafana-backup")
        GRAFANA_BACKUP
    }

    /** The times for which things are kept. */
    @Doc("How long things are kept.")
    public record Keep(
            @Defaulted @Doc("Default 15d.") Retention metrics,
            @Defaulted @Doc("Whole days; default 7d.") Retention logs,
            @Defaulted @Doc("Default 3d.") Retention traces) {
        public Keep {
            metrics = metrics == null ? Retention.of("15d") : metrics;
            logs = (logs == null ? Retention.of("7d") : logs).inWholeDays("logs");
            traces = traces == null ? Retention.of("3d") : traces;
        }
    }

    /** Sizes of the volumes. */
    @Doc("Sizes of the volumes.")
    public record Volumes(
            @Defaulted @Doc("Default 2Gi.") Quantity grafana,
            @Defaulted @Doc("Default 20Gi.") Quantity prometheus,
            @Defaulted @Doc("Default 10Gi.") Quantity loki,
            @Defaulted @Doc("Default 10Gi.") Quantity jaeger,

            @Defaulted @Doc("Silences, and what was sent already; default 1Gi.")
            Quantity alertmanager,

            @Defaulted @Doc("Backups of Grafana; default 2Gi.")
            Quantity backups,

            @Nullable @Doc("Class; default: the platform's.")
            String storageClass) {
        public Volumes {
            grafana = grafana == null ? Quantity.of("2Gi") : Quantity.bytes("grafana", grafana);
            prometheus = prometheus == null ? Quantity.of("20Gi") : Quantity.bytes("prometheus", prometheus);
            loki = loki == null ? Quantity.of("10Gi") : Quantity.bytes("loki", loki);
            jaeger = jaeger == null ? Quantity.of("10Gi") : Quantity.bytes("jaeger", jaeger);
            alertmanager = alertmanager == null ? Quantity.of("1Gi") : Quantity.bytes("alertmanager", alertmanager);
            backups = backups == null ? Quantity.of("2Gi") : Quantity.bytes("backups", backups);
        }

        /** Sizes where the file says none. */
        public static Volumes defaults() {
            return new Volumes(null, null, null, null, null, null, null);
        }
    }

    /**
     * The clients that reach the tools through the gateway, since a pod outside the mesh enforces no policy of its own.
     */
    @Doc("Who reaches the tools through the gateway.")
    public record Access(
            @Defaulted
            @Doc("Client addresses, networks or named sets; without them and tokens each tool needs a login of its"
                    + " own.")
            List<AddressSet> from,

            @Nullable
            @Doc("Tokens that the gateway asks for on the tools' hosts, such as those that an identity-aware proxy"
                    + " adds.")
            Jwt jwt) {
        public Access {
            from = from == null ? List.of() : List.copyOf(from);
            if (jwt != null) {
                Require.that(
                        jwt.publicPaths().isEmpty() && jwt.protectedPaths().isEmpty(),
                        "jwt",
                        "leaves some paths of the tools open",
                        "remove publicPaths and protectedPaths: all need a token");
            }
        }

        /** True if the gateway keeps anybody out. */
        public boolean isRestricted() {
            return !from.isEmpty() || asksForTokens();
        }

        public boolean asksForTokens() {
            return jwt != null && jwt.enabled();
        }
    }

    /** Kiali's login and namespace. */
    @Doc("Kiali's login and namespace.")
    public record Kiali(
            @Defaulted @Doc("token or anonymous; anonymous needs access.from or access.jwt; default token.")
            Login login,

            @Nullable @Doc("Default: the tools' namespace.") Name namespace,

            @Defaulted @Doc("Whether it runs, where there is a Prometheus; default true.")
            Boolean enabled) {
        public Kiali {
            enabled = enabled == null || enabled;
            login = login == null ? Login.TOKEN : login;
        }

        /** Kiali's {@code auth.strategy}. */
        public enum Login {
            @Word("token")
            TOKEN,
            @Word("anonymous")
            ANONYMOUS
        }
    }

    /** The times of Grafana's backup, and the number of copies that stay. */
    @Doc("Backup of Grafana.")
    public record Backup(
            @Defaulted @Doc("Cron schedule in UTC; default 0 3 * * *.")
            String schedule,

            @Defaulted @Doc("Copies kept; default 14.") Integer keep) {
        public Backup {
            schedule = schedule == null ? "0 3 * * *" : schedule;
            keep = keep == null ? 14 : Require.inRange("keep", keep, 1, 365);
        }

        /** True if the file says anything of it. */
        public boolean isChanged() {
            return !equals(new Backup(null, null));
        }
    }
}
