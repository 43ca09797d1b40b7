package io.meshwright.draft;

import io.meshwright.environment.Environment;
import io.meshwright.value.Host;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The names under which an environment is reached, which no other environment may have. */
public final class PublicHosts {
    private PublicHosts() {}

    /** All but the host that means every host. */
    public static SortedSet<Host> of(Environment environment) {
        SortedSet<Host> hosts =
                new TreeSet<>(environment.observability().hosts().values());
        Optional.ofNullable(environment.observability().domain()).ifPresent(hosts::add);
        Optional.ofNullable(environment.delivery().host()).ifPresent(hosts::add);
        environment.gatewayEntries().forEach(entry -> {
            entry.gateway().listeners().forEach(listener -> hosts.addAll(listener.hosts()));
            environment.services().forEach((name, service) -> hosts.addAll(service.hostsAt(entry.name(), name)));
        });
        hosts.removeIf(host -> host.toString().equals("*"));
        return hosts;
    }
}
