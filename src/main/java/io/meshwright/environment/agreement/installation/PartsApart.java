package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Observability;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;

/**
 * Programs of monitoring that others run stand in namespaces of their own: in those of ours everything is denied that
 * our programs do not need, and pods are held to the restricted standard.
 */
public final class PartsApart implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Observability observability = environment.observability();
        List<Name> ours = List.of(observability.namespace(), observability.agents());
        Map<KeyPath, Name> places = PartsOutsideMesh.places(observability.parts());
        observability.parts().existingGrafana().ifPresent(grafana -> {
            if (grafana.namespace() != null) {
                places.put(KeyPath.of("observability.grafana"), grafana.namespace());
            }
        });
        return places.entrySet().stream()
                .filter(place -> ours.contains(place.getValue()))
                .map(place -> new InvalidValue(
                        place.getKey().key("namespace"),
                        "\"%s\" is the namespace of our own programs, whose guard would cut off what others run there"
                                .formatted(place.getValue()),
                        "give observability.namespace another name"))
                .toList();
    }
}
