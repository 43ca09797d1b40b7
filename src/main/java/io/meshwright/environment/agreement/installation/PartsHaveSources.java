package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.AiOps;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Istio;
import io.meshwright.environment.Istio.Provider;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.telemetry.LokiPart;
import io.meshwright.value.telemetry.MonitoringParts;
import io.meshwright.value.traffic.Keda;
import java.util.ArrayList;
import java.util.List;

/** Nothing needs a part of monitoring that nobody runs, or that others run and nobody here can tell what to do. */
public final class PartsHaveSources implements Agreement {
    private static final String PROMETHEUS = "observability.prometheus";
    private static final String LOKI = "observability.loki";
    private static final KeyPath TELEMETRY = KeyPath.of("istio.telemetry");
    private static final KeyPath AI_OPS = KeyPath.of("aiOps");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        MonitoringParts parts = environment.observability().parts();
        if (!parts.hasMetrics()) {
            metrics(environment, parts, refusals);
        }
        if (!parts.runsPrometheus()) {
            rules(environment, refusals);
        }
        logs(environment, parts, refusals);
        if (!parts.hasTraces()) {
            traces(environment.istio(), refusals);
        }
        return refusals;
    }

    private static void metrics(Environment environment, MonitoringParts parts, List<InvalidValue> refusals) {
        DeclaredService.of(environment).forEach(declared -> {
            if (declared.service().scale().autoscale() instanceof Keda) {
                refusals.add(none(
                        declared.at().key("scale").key("autoscale"), "counts requests in a Prometheus", PROMETHEUS));
            }
            if (declared.service().release() != null
                    && declared.service().release().isManaged()) {
                refusals.add(none(declared.at().key("release"), "is judged by a Prometheus", PROMETHEUS));
            }
        });
        if (parts.runsGrafana()) {
            refusals.add(new InvalidValue(
                    KeyPath.of("observability.grafana"),
                    "is missing, and the dashboards of ours read a Prometheus that nobody runs",
                    "write {type: none}, or give observability.prometheus"));
        } else if (parts.hasDashboards()) {
            refusals.add(
                    none(KeyPath.of("observability.grafana"), "gets dashboards that read a Prometheus", PROMETHEUS));
        }
        if (!environment.observability().certificates().isEmpty()) {
            refusals.add(none(KeyPath.of("observability.certificates"), "is told of by a Prometheus", PROMETHEUS));
        }
    }

    /** Keys that only a Prometheus of ours can heed. */
    private static void rules(Environment environment, List<InvalidValue> refusals) {
        if (environment.observability().alerts() != null) {
            refusals.add(new InvalidValue(
                    KeyPath.of("observability.alerts"),
                    "tells an Alertmanager of ours whom to call, and none runs beside a Prometheus that is not ours",
                    "remove it, or observability.prometheus"));
        }
        AiOps ahead = environment.aiOps();
        if (ahead != null && ahead.anomalies() != null) {
            refusals.add(ours(AI_OPS.key("anomalies"), PROMETHEUS));
        }
        if (ahead != null && ahead.forecasts()) {
            refusals.add(ours(AI_OPS.key("forecasts"), PROMETHEUS));
        }
        if (ahead != null && ahead.logs() != null && ahead.logs().alerts() != null) {
            refusals.add(ours(AI_OPS.key("logs").key("alerts"), PROMETHEUS));
        }
    }

    private static void logs(Environment environment, MonitoringParts parts, List<InvalidValue> refusals) {
        AiOps ahead = environment.aiOps();
        if (!parts.runsLoki() && ahead != null && ahead.anomalies() != null && parts.runsPrometheus()) {
            refusals.add(ours(AI_OPS.key("anomalies"), LOKI));
        }
        if (!parts.runsLoki() && ahead != null && ahead.logs() != null) {
            lines(ahead.logs(), parts, refusals);
        }
        if (!parts.hasLogs()) {
            providers(environment.istio(), Provider.Kind.ACCESS_LOG, "sends lines to a Loki", LOKI, refusals);
        }
        if (parts.runsGrafana() && parts.loki() instanceof LokiPart.Outside) {
            refusals.add(new InvalidValue(
                    KeyPath.of("observability.grafana"),
                    "is missing, and a Grafana of ours reads no logs outside the cluster",
                    "name the Grafana that does, or write {type: none}"));
        }
    }

    private static void lines(AiOps.Logs logs, MonitoringParts parts, List<InvalidValue> refusals) {
        if (!parts.hasLogs()) {
            refusals.add(none(AI_OPS.key("logs"), "is about lines in a Loki", LOKI));
            return;
        }
        if (logs.alerts() != null && parts.runsPrometheus()) {
            refusals.add(ours(AI_OPS.key("logs").key("alerts"), LOKI));
        }
        if (logs.patterns()) {
            refusals.add(ours(AI_OPS.key("logs").key("patterns"), LOKI));
        }
    }

    private static void traces(Istio istio, List<InvalidValue> refusals) {
        String jaeger = "observability.jaeger";
        providers(istio, Provider.Kind.TRACING, "sends spans", jaeger, refusals);
        istio.telemetry().namespaces().forEach((name, telemetry) -> {
            if (telemetry.tracing() != null) {
                refusals.add(
                        none(TELEMETRY.key("namespaces").key(name.toString()).key("tracing"), "sends spans", jaeger));
            }
        });
        if (!istio.telemetry().tags().isEmpty()) {
            refusals.add(none(TELEMETRY.key("tags"), "is written on spans", jaeger));
        }
        if (istio.telemetry().sampling() != 1.0) {
            refusals.add(none(TELEMETRY.key("sampling"), "decides how many spans are sent", jaeger));
        }
    }

    private static void providers(
            Istio istio, Provider.Kind kind, String does, String part, List<InvalidValue> refusals) {
        istio.telemetry().providers().forEach((name, provider) -> {
            if (provider.kind() == kind) {
                refusals.add(none(TELEMETRY.key("providers").key(name.toString()), does, part));
            }
        });
    }

    private static InvalidValue none(KeyPath at, String does, String part) {
        return new InvalidValue(
                at,
                "%s, and %s is none".formatted(does, part),
                "remove it, or name in %s who has them".formatted(part));
    }

    private static InvalidValue ours(KeyPath at, String part) {
        return new InvalidValue(
                at,
                "is computed by a program of ours, and %s is not ours".formatted(part),
                "remove it, or %s".formatted(part));
    }
}
