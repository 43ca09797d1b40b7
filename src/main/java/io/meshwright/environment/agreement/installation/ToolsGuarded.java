package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Observability;
import io.meshwright.environment.Observability.Tool;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** No tool that asks nobody for a login is shown to everybody; Kiali's own way to let people in is another matter. */
public final class ToolsGuarded implements Agreement {
    private static final KeyPath ALL = KeyPath.of("observability");
    private static final List<Tool> WITHOUT_LOGIN = List.of(Tool.PROMETHEUS, Tool.ALERTMANAGER, Tool.JAEGER);

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Observability observability = environment.observability();
        if (observability.access().isRestricted()) {
            return List.of();
        }
        List<InvalidValue> refusals = new ArrayList<>();
        open(observability)
                .filter(observability.hosts()::containsKey)
                .forEach(tool -> refusals.add(new InvalidValue(
                        ALL.key("hosts").key(word(tool)),
                        "opens %s to everybody without a login".formatted(word(tool)),
                        "list addresses in observability.access.from, give observability.access.jwt, or remove it")));
        String shared = open(observability)
                .filter(tool -> tool != Tool.ALERTMANAGER)
                .filter(tool -> !observability.hosts().containsKey(tool))
                .map(ToolsGuarded::word)
                .collect(Collectors.joining(", "));
        if (observability.domain() != null && !shared.isEmpty()) {
            refusals.add(new InvalidValue(
                    ALL.key("domain"),
                    "opens %s to everybody without a login".formatted(shared),
                    "list addresses in observability.access.from, give observability.access.jwt, or give the tools"
                            + " with a login alone in hosts"));
        }
        return refusals;
    }

    private static String word(Tool tool) {
        return tool.name().toLowerCase(Locale.ROOT);
    }

    private static Stream<Tool> open(Observability observability) {
        return WITHOUT_LOGIN.stream().filter(observability::runs);
    }
}
