package io.meshwright.value.security;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ports of hosts outside the mesh: each is one external service's, or proxies would have two answers for a call. */
public final class ExternalPorts {
    private final Set<String> taken = new HashSet<>();

    /** Takes the ports of a service at a place of a file, or of a construct; what is refused is one taken before. */
    public Optional<InvalidValue> add(KeyPath at, ExternalService service) {
        List<String> ports = service.hosts().stream()
                .flatMap(host -> service.ports().stream().map(port -> "%s:%s".formatted(host, port.number())))
                .toList();
        return ports.stream()
                .filter(port -> !taken.add(port))
                .findFirst()
                .map(port -> new InvalidValue(
                        at, "\"%s\" is another external service already".formatted(port), "keep one of them"));
    }
}
