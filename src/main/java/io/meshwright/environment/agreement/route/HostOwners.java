package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The services that take requests of a host at a gateway, on previews too. */
public final class HostOwners {
    private final Environment environment;

    HostOwners(Environment environment) {
        this.environment = environment;
    }

    /** In the order of the file; empty where no service has a route there. */
    Set<Name> of(Host host, GatewayEntry entry) {
        return DeclaredService.of(environment)
                .filter(declared -> declared.service()
                        .hostsAt(entry.name(), declared.name())
                        .contains(host))
                .map(DeclaredService::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
