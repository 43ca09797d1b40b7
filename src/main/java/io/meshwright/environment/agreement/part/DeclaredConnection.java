package io.meshwright.environment.agreement.part;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.value.KeyPath;
import io.meshwright.value.gateway.ConnectionRoute;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Connections that a service takes from gateways, with their place in the file. */
public record DeclaredConnection(KeyPath at, DeclaredService owner, ConnectionRoute route) {
    /** Those of all services, in the order of the file. */
    public static Stream<DeclaredConnection> of(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> IntStream.range(
                                0, declared.service().connections().size())
                        .mapToObj(i -> new DeclaredConnection(
                                declared.at().key("connections").index(i),
                                declared,
                                declared.service().connections().get(i))));
    }

    /** The gateways that bring them, as far as there are such. */
    public Stream<GatewayEntry> entries(Environment environment) {
        return environment.gatewayEntries().stream().filter(entry -> route.isAt(entry.name()));
    }

    /** The place of what tells them from others. */
    public KeyPath key() {
        return at.key(route.host() == null ? "listener" : "host");
    }
}
