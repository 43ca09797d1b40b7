package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Observability;
import io.meshwright.environment.Observability.Program;
import io.meshwright.environment.ToolStorage.Volume;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Quantity;
import io.meshwright.value.telemetry.MonitoringParts;
import io.meshwright.value.telemetry.Objectives;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** No key decides about a program of monitoring that is not ours. */
public final class PartsSpokenOfRun implements Agreement {
    private static final KeyPath ALL = KeyPath.of("observability");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Observability observability = environment.observability();
        List<InvalidValue> refusals = new ArrayList<>();
        shown(observability, refusals);
        sized(observability, refusals);
        stored(observability, refusals);
        kept(observability, refusals);
        MonitoringParts parts = observability.parts();
        if (!parts.runsKiali()
                && !observability
                        .kiali()
                        .equals(new Observability.Kiali(
                                null, null, observability.kiali().enabled()))) {
            refusals.add(refusal(ALL.key("kiali"), "Kiali"));
        } else if (!parts.hasMetrics() && !observability.kiali().enabled()) {
            refusals.add(new InvalidValue(
                    ALL.key("kiali").key("enabled"), "is said already by observability.prometheus", "remove it"));
        }
        if (!parts.runsPrometheus() && !observability.remoteWrite().isEmpty()) {
            refusals.add(refusal(ALL.key("remoteWrite"), "Prometheus"));
        }
        if (!parts.hasMetrics() && !observability.objectives().equals(Objectives.defaults())) {
            refusals.add(refusal(ALL.key("objectives"), "Prometheus"));
        }
        return refusals;
    }

    private static void shown(Observability observability, List<InvalidValue> refusals) {
        observability.hosts().keySet().stream()
                .filter(tool -> !observability.runs(tool))
                .forEach(tool -> refusals.add(refusal(ALL.key("hosts").key(word(tool)), word(tool))));
        if (observability.domain() != null
                && Stream.of(Observability.Tool.values())
                        .filter(tool -> tool != Observability.Tool.ALERTMANAGER)
                        .noneMatch(observability::runs)) {
            refusals.add(refusal(ALL.key("domain"), "a tool with pages"));
        }
    }

    private static void sized(Observability observability, List<InvalidValue> refusals) {
        observability.resources().keySet().stream()
                .filter(program -> !runs(observability.parts(), program))
                .forEach(program -> refusals.add(refusal(ALL.key("resources").key(word(program)), word(program))));
        if (observability.collectors() != null && !observability.parts().collects()) {
            refusals.add(refusal(ALL.key("collectors"), "a collector"));
        }
        if (observability.backup().isChanged() && !observability.parts().runsGrafana()) {
            refusals.add(refusal(ALL.key("backup"), "Grafana"));
        }
    }

    private static void stored(Observability observability, List<InvalidValue> refusals) {
        for (Volume volume : Volume.values()) {
            if (observability.runs(volume)) {
                continue;
            }
            if (!size(observability.volumes(), volume).equals(size(Observability.Volumes.defaults(), volume))) {
                refusals.add(refusal(ALL.key("volumes").key(volume.word()), volume.word()));
            }
            if (observability.storage().classes().containsKey(volume)) {
                refusals.add(refusal(ALL.key("storage").key("classes").key(volume.word()), volume.word()));
            }
            if (observability.storage().keeping(volume).isPresent()) {
                refusals.add(refusal(ALL.key("storage").key("kept"), volume.word()));
            }
        }
        if (observability.volumes().storageClass() != null
                && Stream.of(Volume.values()).noneMatch(volume -> observability.runs(volume))) {
            refusals.add(refusal(ALL.key("volumes").key("storageClass"), "a program with a volume"));
        }
    }

    private static void kept(Observability observability, List<InvalidValue> refusals) {
        Observability.Keep usual = new Observability.Keep(null, null, null);
        Observability.Keep kept = observability.retention();
        MonitoringParts parts = observability.parts();
        if (!parts.runsPrometheus() && !kept.metrics().equals(usual.metrics())) {
            refusals.add(refusal(ALL.key("retention").key("metrics"), "Prometheus"));
        }
        if (!parts.runsLoki() && !kept.logs().equals(usual.logs())) {
            refusals.add(refusal(ALL.key("retention").key("logs"), "Loki"));
        }
        if (!parts.runsJaeger() && !kept.traces().equals(usual.traces())) {
            refusals.add(refusal(ALL.key("retention").key("traces"), "Jaeger"));
        }
    }

    private static boolean runs(MonitoringParts parts, Program program) {
        return switch (program) {
            case PROMETHEUS, ALERTMANAGER, KUBE_STATE_METRICS, NODE_EXPORTER -> parts.runsPrometheus();
            case GRAFANA, GRAFANA_BACKUP -> parts.runsGrafana();
            case LOKI -> parts.runsLoki();
            case LOG_AGENT -> parts.readsLogs();
            case JAEGER -> parts.runsJaeger();
            case KIALI -> parts.runsKiali();
            case OTEL_COLLECTOR -> parts.collects();
        };
    }

    private static Quantity size(Observability.Volumes sizes, Volume volume) {
        return switch (volume) {
            case PROMETHEUS -> sizes.prometheus();
            case ALERTMANAGER -> sizes.alertmanager();
            case GRAFANA -> sizes.grafana();
            case BACKUPS -> sizes.backups();
            case LOKI -> sizes.loki();
            case JAEGER -> sizes.jaeger();
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static InvalidValue refusal(KeyPath at, String program) {
        return new InvalidValue(
                at, "decides about %s, which is not ours here".formatted(program), "remove it, or let ours run");
    }
}
