package io.meshwright.stack.monitoring;

import io.meshwright.construct.observability.settings.AiOps;
import io.meshwright.construct.observability.settings.Anomalies;
import io.meshwright.construct.observability.settings.Healing;
import io.meshwright.construct.observability.settings.KialiChat;
import io.meshwright.construct.observability.settings.LogAlerts;
import io.meshwright.construct.observability.settings.LoggingService;
import io.meshwright.construct.observability.settings.Logs;
import io.meshwright.construct.observability.settings.ScaledAhead;
import io.meshwright.construct.observability.settings.WatchedService;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.environment.aiops.Model;
import io.meshwright.stack.healing.HealedServices;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Keda;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Translates what an environment looks ahead to: the services that are watched, with the names of their pods. */
final class WatchedServices {
    private final Environment environment;

    WatchedServices(Environment environment) {
        this.environment = environment;
    }

    AiOps aiOps() {
        Optional<io.meshwright.environment.AiOps> declared = Optional.ofNullable(environment.aiOps());
        return new AiOps(
                declared.map(io.meshwright.environment.AiOps::anomalies).map(this::anomalies),
                declared.filter(io.meshwright.environment.AiOps::forecasts).isPresent(),
                scaledAhead(),
                declared.map(io.meshwright.environment.AiOps::logs)
                        .map(this::logs)
                        .orElseGet(Logs::plain),
                declared.map(io.meshwright.environment.AiOps::healing).map(this::healing),
                declared.flatMap(WatchedServices::kialiChat));
    }

    private Healing healing(io.meshwright.environment.aiops.Healing declared) {
        HealedServices services = new HealedServices(environment);
        return new Healing(
                declared.token(),
                declared.asked().stream()
                        .map(asked -> new Healing.Process(asked.action(), services.routes(asked)))
                        .toList());
    }

    private static Optional<KialiChat> kialiChat(io.meshwright.environment.AiOps declared) {
        return Optional.ofNullable(declared.kialiChat()).map(chat -> {
            Model model = Objects.requireNonNull(declared.models().get(chat.model()), "agreements want the model");
            return new KialiChat(
                    chat.model(),
                    model instanceof Model.AzureOpenAi,
                    model.url(),
                    model instanceof Model.AzureOpenAi deployed
                            ? deployed.deployment()
                            : ((Model.OpenAi) model).model(),
                    chat.modelKey());
        });
    }

    private Logs logs(io.meshwright.environment.AiOps.Logs declared) {
        return new Logs(
                declared.redact(), Optional.ofNullable(declared.alerts()).map(this::alerts), declared.patterns());
    }

    private LogAlerts alerts(io.meshwright.environment.AiOps.Alerts declared) {
        return new LogAlerts(
                declared.read(environment.services()).stream()
                        .map(this::logging)
                        .toList(),
                declared.messages(),
                declared.burst());
    }

    private LoggingService logging(Name name) {
        Service service = Objects.requireNonNull(environment.services().get(name), name::toString);
        return new LoggingService(service.namespace(), name, service.workloadName(name.toString()));
    }

    private List<ScaledAhead> scaledAhead() {
        List<ScaledAhead> ahead = new ArrayList<>();
        environment.services().forEach((name, service) -> {
            if (service.scale().autoscale() instanceof Keda keda && keda.lastWeek()) {
                ahead.add(new ScaledAhead(service.namespace(), name, keda.requestsPerSecond()));
            }
        });
        return ahead;
    }

    private Anomalies anomalies(io.meshwright.environment.AiOps.Anomalies declared) {
        return new Anomalies(
                declared.watched(environment.services()).stream()
                        .map(name -> watched(name, declared))
                        .toList(),
                declared.minimumRequests());
    }

    private WatchedService watched(Name name, io.meshwright.environment.AiOps.Anomalies declared) {
        Service service = Objects.requireNonNull(environment.services().get(name), name::toString);
        String workload = service.workloadName(name.toString());
        return new WatchedService(service.namespace(), name, workload, workloads(service, workload), declared.of(name));
    }

    /** One for each version that runs beside the others; none where somebody else runs the pods. */
    static List<String> workloads(Service service, String workload) {
        if (service.isExisting()) {
            return List.of();
        }
        return service.release() == null || service.release().variants().isEmpty()
                ? List.of(workload)
                : service.release().variants().stream()
                        .map(variant -> "%s-%s".formatted(workload, variant.name()))
                        .toList();
    }
}
