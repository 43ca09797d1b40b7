package io.meshwright.advise;

import io.meshwright.advise.snapshot.VersionQueries;
import io.meshwright.environment.Service;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Route;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hosts that nobody asks, which is told and never acted on: the one who needs a host may come once a year. */
final class HostAdvice {
    private HostAdvice() {}

    static void of(Observed observed, Advice advice) {
        Map<String, Set<Name>> services = new LinkedHashMap<>();
        observed.meshed()
                .forEach(name -> hosts(observed.service(name), name)
                        .forEach(host -> services.computeIfAbsent(host, none -> new LinkedHashSet<>())
                                .add(name)));
        services.forEach((host, names) -> {
            List<Name> asked = names.stream()
                    .filter(name -> observed.count(VersionQueries.ENTERED, name) >= 1)
                    .toList();
            if (asked.isEmpty()) {
                advice.tell(
                        "host %s".formatted(host),
                        "in %d days no request came through a gateway to %s; ask its owner before anything is removed"
                                .formatted(observed.days(), words(names)));
            } else if (asked.stream()
                    .allMatch(name -> hosts(observed.service(name), name).size() > 1)) {
                advice.untold(
                        "host %s".formatted(host),
                        "%s has other hosts too, and no metric tells them apart; access logs do"
                                .formatted(words(asked)));
            }
        });
    }

    private static Set<String> hosts(Service service, Name name) {
        Set<String> hosts = new LinkedHashSet<>();
        service.routes().stream()
                .filter(route -> !route.isAnswered() && !service.isInner(route, name))
                .map(Route::host)
                .forEach(host -> hosts.add(host.toString()));
        return hosts;
    }

    private static String words(Collection<Name> names) {
        return String.join(" and ", names.stream().map(Name::toString).toList());
    }
}
