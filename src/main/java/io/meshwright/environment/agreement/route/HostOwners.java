package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.BlueGreen;
import io.meshwright.value.traffic.Route;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services that take requests of a host at a gateway, on previews too. */
public final class HostOwners {
    private final Environment environment;

    HostOwners(Environment environment) {
        this.environment = environment;
    }

    /** In the order of the file; empty where no service has a route there. */
    Set<Name> of(Host host, GatewayEntry entry) {
        return DeclaredService.of(environment)
                .filter(declared -> hosts(declared.service(), entry).anyMatch(host::equals))
                .map(DeclaredService::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<Host> hosts(Service service, GatewayEntry entry) {
        Host preview = service.release() instanceof BlueGreen release ? release.previewHost() : null;
        return Stream.concat(
                service.routes().stream()
                        .filter(route -> route.isAt(entry.name()))
                        .map(Route::host),
                Stream.ofNullable(preview));
    }
}
