package io.meshwright.advise;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Route;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Keeps what no advice may touch, whatever was measured: hosts and routes, who may call whom and how, streams. Nothing
 * here should ever refuse; it is looked at because a mistake above would loosen security without a sound.
 */
public final class Guard {
    private Guard() {}

    /**
     * Refuses a changed environment that differs in more than numbers of traffic and size.
     *
     * @throws InvalidValue that names what differs
     */
    public static void refuse(Environment before, Environment after) {
        same("security", security(before), security(after));
        same("hosts", hosts(before), hosts(after));
        same("services", before.services().keySet(), after.services().keySet());
        before.services()
                .forEach((name, service) -> service(
                        name, service, Objects.requireNonNull(after.services().get(name))));
    }

    private static List<Object> security(Environment environment) {
        return List.of(
                environment.cluster(),
                environment.istio().mtls(),
                environment.istio().exceptions(),
                environment.istio().authorization(),
                environment.istio().outbound(),
                environment.istio().authorizers(),
                environment.namespaces(),
                environment.secrets(),
                environment.delivery());
    }

    private static List<Object> hosts(Environment environment) {
        return List.of(environment.gateway(), environment.gateways(), environment.externals());
    }

    private static void service(Name name, Service before, Service after) {
        same("callers of %s".formatted(name), callers(before), callers(after));
        boolean fewer = before.allowFrom().containsAll(after.allowFrom())
                && (before.allowFrom().isEmpty() || !after.allowFrom().isEmpty());
        same("callers of %s".formatted(name), true, fewer);
        same("routes of %s".formatted(name), routes(before), routes(after));
    }

    /** Besides {@code allowFrom}, in which one fewer closes something that nobody used. */
    private static List<Object> callers(Service service) {
        return Stream.<Object>of(
                        service.namespace(),
                        service.ports(),
                        service.mesh(),
                        String.valueOf(service.authorization()),
                        service.uses(),
                        service.tls())
                .toList();
    }

    /** Without their timeouts and retries; a stream has none of either. */
    private static List<Object> routes(Service service) {
        return service.routes().stream()
                .map(route -> (Object) (route.streams() ? route : bare(route)))
                .toList();
    }

    private static Route bare(Route route) {
        return route.toBuilder().timeout(null).retries(null).stream(null).build();
    }

    private static void same(String what, Object before, Object after) {
        if (!before.equals(after)) {
            throw new InvalidValue(what, "would change", "change that by hand, if it is meant");
        }
    }
}
