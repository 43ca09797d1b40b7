package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredConnection;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.gateway.Listener;
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
        return entry.gateway().listeners().stream()
                .filter(declared.route()::isOf)
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
        return entry.gateway().listeners().stream().anyMatch(declared.route()::isOf)
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        declared.key(),
                        "no listener of %s brings connections for %s"
                                .formatted(entry.words(), declared.route().words()),
                        declared.route().host() == null
                                ? "add one of protocol TCP with this port"
                                : "add one of protocol TLS with this host"));
    }

    private static Optional<InvalidValue> admitted(
            Environment environment, DeclaredConnection declared, GatewayEntry entry) {
        var service = declared.owner().service();
        boolean shut = environment.enforcementOf(service) == Enforcement.ENFORCE
                && service.allowFrom().stream()
                        .noneMatch(caller -> caller.from().equals(entry.name()));
        return shut
                ? Optional.of(new InvalidValue(
                        declared.at(),
                        "come from %s to '%s', which does not let it in"
                                .formatted(entry.words(), declared.owner().name()),
                        "add %s to services.%s.allowFrom, or remove them"
                                .formatted(entry.name(), declared.owner().name())))
                : Optional.empty();
    }

    /** A proxy in front of the application would read requests where TLS or something else comes. */
    private static Optional<InvalidValue> spoken(DeclaredConnection declared) {
        List<ServicePort> ports = declared.owner().service().ports();
        return ports.stream()
                .filter(port -> declared.route().port() == null
                        ? port.equals(ports.get(0))
                        : port.port().equals(declared.route().port()))
                .filter(port -> port.protocol().isHttp())
                .findFirst()
                .map(port -> new InvalidValue(
                        declared.at().key("port"),
                        "\"%s\" speaks %s, and what comes is read by nobody before"
                                .formatted(port.port(), port.protocol().word()),
                        "name a port that speaks tls, tcp or a database's protocol"));
    }
}
