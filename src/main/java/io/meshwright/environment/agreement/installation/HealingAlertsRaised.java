package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.AiOps;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.aiops.Healing;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.healing.HealingAlert;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An alert that starts an action is raised, and for each service of the action. */
public final class HealingAlertsRaised implements Agreement {
    private static final KeyPath HEALING = KeyPath.of("aiOps.healing");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        AiOps ahead = environment.aiOps();
        if (ahead == null || ahead.healing() == null) {
            return List.of();
        }
        List<InvalidValue> refusals = new ArrayList<>();
        for (Healing.Asked asked : ahead.healing().asked()) {
            KeyPath at = HEALING.key(asked.action().word()).key("alerts");
            for (int i = 0; i < asked.startedBy().size(); i++) {
                HealingAlert alert = asked.startedBy().get(i);
                Optional<String> missing = missing(environment, ahead, alert, asked.named());
                boolean given = !asked.alerts().isEmpty();
                KeyPath place = given ? at.index(i) : HEALING.key(asked.action().word());
                missing.map(needed -> refusal(place, alert, needed, given)).ifPresent(refusals::add);
            }
        }
        return refusals;
    }

    private static InvalidValue refusal(KeyPath at, HealingAlert alert, String needed, boolean given) {
        return given
                ? new InvalidValue(
                        at, "\"%s\" is raised only with %s".formatted(alert, needed), "add that, or name another alert")
                : new InvalidValue(
                        at.key("alerts"),
                        "is missing, and %s is raised only with %s".formatted(alert, needed),
                        "add that, or name another alert in alerts");
    }

    /** The key without which nobody raises it; empty where somebody does. */
    private static Optional<String> missing(
            Environment environment, AiOps ahead, HealingAlert alert, List<Name> services) {
        return switch (alert.raisedBy()) {
            case ALWAYS -> Optional.empty();
            case FORECASTS -> ahead.forecasts() ? Optional.empty() : Optional.of("aiOps.forecasts: true");
            case STREAMS ->
                services.stream()
                        .filter(name -> service(environment, name)
                                .filter(service -> !service.streams())
                                .isPresent())
                        .findFirst()
                        .map("a route of services.%s that streams"::formatted);
            case ANOMALIES ->
                ahead.anomalies() == null
                        ? Optional.of("aiOps.anomalies")
                        : unwatched(services, ahead.anomalies().watched(environment.services()))
                                .map("services.%s among those of aiOps.anomalies"::formatted);
            case LOG_ALERTS ->
                ahead.logs() == null || ahead.logs().alerts() == null
                        ? Optional.of("aiOps.logs.alerts")
                        : unwatched(services, ahead.logs().alerts().read(environment.services()))
                                .map("services.%s among those of aiOps.logs.alerts"::formatted);
        };
    }

    private static Optional<Name> unwatched(List<Name> services, List<Name> watched) {
        return services.stream().filter(name -> !watched.contains(name)).findFirst();
    }

    private static Optional<Service> service(Environment environment, Name name) {
        return Optional.ofNullable(environment.services().get(name));
    }
}
