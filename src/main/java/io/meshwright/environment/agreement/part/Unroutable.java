package io.meshwright.environment.agreement.part;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why calls of a service cannot be shaped: nothing routes to it, or no proxy reads requests on its ports. */
public record Unroutable(String reason, String remedy) {
    /** Empty where routes, limits and releases act on its calls. */
    public static Optional<Unroutable> of(Environment environment, Service service) {
        if (!service.mesh()) {
            return Optional.of(new Unroutable("a service outside the mesh cannot be routed to", "or mesh: false"));
        }
        if (!environment.isInMesh(service) && environment.namespaces().containsKey(service.namespace())) {
            return Optional.of(new Unroutable(
                    "pods of namespace \"%s\" have no sidecar".formatted(service.namespace()),
                    "or namespaces.%s.inject: false".formatted(service.namespace())));
        }
        if (service.ports().isEmpty()) {
            return Optional.of(new Unroutable("it is a worker, which has no ports", "or give it ports"));
        }
        if (service.ports().stream().noneMatch(port -> port.protocol().isHttp())) {
            return Optional.of(new Unroutable(
                    "none of its ports speaks HTTP (%s)"
                            .formatted(service.ports().stream()
                                    .map(port -> port.protocol().word())
                                    .collect(Collectors.joining(", "))),
                    "or give the port that does protocol: http"));
        }
        return Optional.empty();
    }

    /** The refusal at a key whose value does nothing for this reason. */
    public InvalidValue refusal(KeyPath at, String useless) {
        return new InvalidValue(at, "%s, because %s".formatted(useless, reason), "remove it, %s".formatted(remedy));
    }
}
