package io.meshwright.construct.observability.dashboards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A link of Kiali to a dashboard: by its title, handing over what it is looking at in these variables. */
public record KialiLink(String title, Map<String, String> variables) {
    static KialiLink of(String title, List<String> variables) {
        Map<String, String> parameters = new LinkedHashMap<>();
        variables.forEach(variable -> parameters.put(variable, "var-%s".formatted(variable)));
        return new KialiLink(title, parameters);
    }
}
