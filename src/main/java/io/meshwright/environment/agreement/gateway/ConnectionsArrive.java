package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredConnection;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.workload.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Connections that a service takes come from a listener, to it alone, which lets the gateway in and reads bytes. */
public final class ConnectionsArrive implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        Map<String, DeclaredConnection> owners = new HashMap<>();
        DeclaredConnection.of(environment).forEach(declared -> {
            spoken(declared).ifPresent(refusals::add);
            declared.entries(environment).forEach(entry -> {
                brought(declared, entry).ifPresent(refusals::add);
                admitted(environment, declared, entry).ifPresent(refusals::add);
                taken(declared, entry, owners).ifPresent(refusals::add);
            });
        });
        return refusals;
    }

    private static Optional<InvalidValue> taken(
            DeclaredConnection declared, GatewayEntry entry, Map<String, DeclaredConnection> owners) {
        return entry.gateway().bringing(declared.route()).stream()
                .flatMap(listener -> Stream.ofNullable(owners.putIfAbsent(
                        "%s %s %s".formatted(entry.name(), listener.port(), told(declared, listener)), declared)))
                .findFirst()
                .map(owner -> new InvalidValue(
                        declared.key(),
                        "connections for %s go to %s already"
                                .formatted(declared.route().words(), owner.at().text()),
                        "give them to one of the two"));
    }

    /** By the name that clients show, while TLS lasts; what is left where it ends is told by the listener alone. */
    private static String told(DeclaredConnection declared, Listener listener) {
        return listener.isPassedOn()
                ? declared.route().words()
                : listener.hosts().toString();
    }

    private static Optional<InvalidValue> brought(DeclaredConnection declared, GatewayEntry entry) {
        if (!entry.gateway().bringing(declared.route()).isEmpty()) {
            return passedOn(declared, entry);
        }
        return Optional.of(new InvalidValue(
                declared.key(),
                "no listener of %s brings connections for %s"
                        .formatted(entry.words(), declared.route().words()),
                declared.route().host() == null
                        ? "add one of protocol TCP with this port"
                        : "add one of protocol TLS with this host"));
    }

    /** A proxy in front of the gateway ends TLS and reads requests, and nobody else comes to a closed origin. */
    private static Optional<InvalidValue> passedOn(DeclaredConnection declared, GatewayEntry entry) {
        return entry.edge().closeOrigin()
                ? Optional.of(new InvalidValue(
                        declared.at(),
                        "come from nobody, because %s admits %s alone, which passes on requests and no connections"
                                .formatted(entry.words(), entry.edge().words()),
                        "bring them by an entry of gateways with an edge of its own"))
                : Optional.empty();
    }

    private static Optional<InvalidValue> admitted(
            Environment environment, DeclaredConnection declared, GatewayEntry entry) {
        Service service = declared.owner().service();
        List<Caller> let = service.allowFrom().stream()
                .filter(caller -> caller.from().equals(entry.name()))
                .toList();
        return environment.enforcementOf(service) != Enforcement.ENFORCE
                        || let.stream().anyMatch(caller -> !caller.isLimited())
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        declared.at(),
                        "come from %s to \"%s\", which %s"
                                .formatted(
                                        entry.words(),
                                        declared.owner().name(),
                                        let.isEmpty()
                                                ? "does not let it in"
                                                : "lets it in for methods or paths, of which a connection shows none"),
                        "add %s to services.%s.allowFrom, or remove them"
                                .formatted(entry.name(), declared.owner().name())));
    }

    /** The sidecar of the application would read requests where TLS or something else comes. */
    private static Optional<InvalidValue> spoken(DeclaredConnection declared) {
        Optional<ServicePort> spoken = declared.owner().service().ports().stream()
                .filter(port -> declared.route().port() == null
                        || port.port().equals(declared.route().port()))
                .findFirst();
        if (spoken.isEmpty()) {
            return Optional.of(new InvalidValue(
                    declared.at().key("port"),
                    "\"%s\" has no port \"%s\""
                            .formatted(declared.owner().name(), declared.route().port()),
                    "add it to services.%s.ports, or name one of them"
                            .formatted(declared.owner().name())));
        }
        return spoken.filter(port -> port.protocol().isHttp())
                .map(port -> new InvalidValue(
                        declared.at().key("port"),
                        (declared.route().port() == null
                                        ? "is missing, and the first, %s, speaks %s"
                                        : "\"%s\" speaks %s")
                                .concat(", while what comes is read by nobody before")
                                .formatted(port.port(), port.protocol().word()),
                        "name a port that speaks tls, tcp or a database's protocol"));
    }
}
