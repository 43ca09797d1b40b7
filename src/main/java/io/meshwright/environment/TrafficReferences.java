package io.meshwright.environment;

import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.AbTest;
import io.meshwright.value.traffic.Agreement;
import io.meshwright.value.traffic.BlueGreen;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether the routes and releases of all services of one file fit together; every one that does not is told. */
final class TrafficReferences {
    private final Gateway gateway;
    private final Map<Name, Service> services;
    private final Resilience resilience;
    private final boolean breakers;
    private final Map<String, Name> owners = new LinkedHashMap<>();
    private final List<InvalidValue> refusals = new ArrayList<>();

    /** {@code breakers} is the environment's switch of all circuit breakers. */
    TrafficReferences(Gateway gateway, Map<Name, Service> services, Resilience resilience, boolean breakers) {
        this.gateway = gateway;
        this.services = services;
        this.resilience = resilience;
        this.breakers = breakers;
    }

    List<InvalidValue> refusals() {
        noticed(KeyPath.of("resilience"), resilience);
        services.forEach((name, service) -> service(KeyPath.of("services").key(name.toString()), name, service));
        return refusals;
    }

    private void service(KeyPath path, Name name, Service service) {
        Resilience own = service.resilience() == null ? resilience : service.resilience();
        new Agreement(service.scale().least(), own, Optional.ofNullable(service.release()))
                .refusals(service.routes())
                .forEach(refusal -> refusals.add(refusal.under(path.toString())));
        for (int i = 0; i < service.routes().size(); i++) {
            Route route = service.routes().get(i);
            KeyPath at = path.key("routes").index(i);
            if (service.isInner(route, name)) {
                claimless(at, route);
            } else {
                owned(at, name, route);
                verified(
                        at.key("match").key("claims"),
                        route.host(),
                        !route.match().claims().isEmpty());
                verified(path.key("release").key("by").key("claim"), route.host(), decidesByClaim(service));
            }
        }
        release(path.key("release"), service);
        if (service.resilience() != null) {
            noticed(path.key("resilience"), service.resilience());
        }
    }

    // istiod heeds zones and failover only for a cluster with outlier detection, shares without it too
    // (istio pilot/pkg/networking/core/loadbalancer, ApplyLocalityLoadBalancer).
    private void noticed(KeyPath path, Resilience wanted) {
        if (!breakers && wanted.locality() != null && wanted.locality().needsHealth()) {
            refuse(
                    path.key("locality"),
                    "does nothing while istio.circuitBreakers is false, because failing pods are never noticed",
                    "switch the circuit breakers on, use distribute, or set locality.enabled: false until then");
        }
    }

    private void owned(KeyPath at, Name name, Route route) {
        Name owner = owners.putIfAbsent("%s %s".formatted(route.host(), route.path()), name);
        if (owner != null && !owner.equals(name)) {
            refuse(
                    at.key(route.path().kind().name().toLowerCase(Locale.ROOT)),
                    "\"%s\" of host %s belongs to %s already"
                            .formatted(route.path().value(), route.host(), owner),
                    "give it to one of them, or give one a longer path");
        }
    }

    private void claimless(KeyPath at, Route route) {
        if (!route.match().claims().isEmpty()) {
            refuse(
                    at.key("match").key("claims"),
                    "cannot decide inside the mesh, where nobody verifies tokens",
                    "decide by a header, or on a host of the gateway");
        }
    }

    private void verified(KeyPath at, Host host, boolean claims) {
        HostPolicy policy = gateway.hosts().get(host);
        if (claims && (policy == null || policy.jwt() == null || !policy.jwt().enabled())) {
            refuse(
                    at,
                    "decides by a token that nobody verifies on host %s".formatted(host),
                    "declare gateway.hosts.%s.jwt, or decide by a header or cookie".formatted(host));
        }
    }

    private void release(KeyPath at, Service service) {
        boolean inside = service.allowFrom().stream().anyMatch(caller -> !caller.isGateway());
        if (inside && decidesByClaim(service)) {
            refuse(
                    at.key("by").key("claim"),
                    "cannot decide for callers in the mesh, where nobody verifies tokens",
                    "decide by a header that they pass on, or allow the gateway only");
        }
        if (inside && service.release() instanceof Canary canary && canary.sticky() != null) {
            refuse(
                    at.key("sticky"),
                    "needs callers that keep cookies, and those in the mesh do not",
                    "use type: abTest by a header, or allow the gateway only");
        }
        if (service.release() instanceof BlueGreen blueGreen
                && blueGreen.previewHost() != null
                && !gateway.serves(blueGreen.previewHost())) {
            refuse(
                    at.key("previewHost"),
                    "\"%s\" is on no listener of the gateway".formatted(blueGreen.previewHost()),
                    "add it to the hosts of a gateway listener");
        }
    }

    private static boolean decidesByClaim(Service service) {
        return service.release() instanceof AbTest test && test.by().claim() != null;
    }

    private void refuse(KeyPath at, String problem, String remedy) {
        refusals.add(new InvalidValue(at.toString(), problem, remedy));
    }
}
