package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import java.util.List;
import java.util.Optional;

/** Finds a route by the name that a log tells. */
public final class NamedRoute {
    private static final String NONE_IS_WRITTEN = "default";

    private NamedRoute() {}

    /** The only route of that name; Istio's own name is that of all routes without one. */
    public static Optional<HttpRoute> of(Mesh mesh, Evidence evidence) {
        String name = evidence.text(Field.ROUTE_NAME);
        if (name.isEmpty() || name.equals(NONE_IS_WRITTEN)) {
            return Optional.empty();
        }
        List<HttpRoute> found = mesh.virtualServices().all().stream()
                .flatMap(service -> mesh.virtualServices().routes(service).stream())
                .filter(each -> each.name().equals(name))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
