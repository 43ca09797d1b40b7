package io.meshwright.environment.agreement.gatewayapi;

import io.meshwright.environment.Actuators;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Hosts ask of all their routes only things that HTTPRoutes can say. */
public final class HostPoliciesTranslated implements Agreement {
    private static final String OTHER_KINDS = "or bring the host by a gateway with api: networking.istio.io";

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        environment.gatewayEntries().stream()
                .filter(GatewayEntry::isOfGatewayApi)
                .forEach(entry -> {
                    entry.gateway().hosts().forEach((host, policy) -> said(at(entry, host), policy, refusals));
                    actuators(environment, entry, refusals);
                });
        return refusals;
    }

    private static void said(KeyPath at, HostPolicy policy, List<InvalidValue> refusals) {
        if (policy.cors() != null) {
            // istiod leaves unmatchedPreflights open, so that they go on (conversion.go, createCorsFilter).
            refusals.add(new InvalidValue(
                    at.key("cors"),
                    "answers preflights of other origins itself, which an HTTPRoute passes on to the service",
                    "let the service answer browsers, %s".formatted(OTHER_KINDS)));
        }
        if (policy.maintenance() != null && policy.maintenance().enabled()) {
            refusals.add(new InvalidValue(
                    at.key("maintenance"),
                    "cannot be said by an HTTPRoute, which answers nothing itself",
                    "let a service answer, %s".formatted(OTHER_KINDS)));
        }
        if (policy.maxRequestBytes() != null && !policy.maxRequestBytes().isNone()) {
            refusals.add(new InvalidValue(
                    at.key("maxRequestBytes"),
                    "is kept by the name that Istio's kinds give a route in Envoy",
                    "let the services limit bodies, %s".formatted(OTHER_KINDS)));
        }
    }

    private static void actuators(Environment environment, GatewayEntry entry, List<InvalidValue> refusals) {
        Map<Host, Set<Name>> owners = new TreeMap<>();
        DeclaredRoute.of(environment)
                .filter(declared -> declared.isAt(entry))
                .forEach(declared -> declared.hosts()
                        .forEach(host -> owners.computeIfAbsent(host, none -> new TreeSet<>())
                                .add(declared.owner().name())));
        owners.forEach((host, names) -> {
            if (Actuators.of(environment, entry).areRefused(host, names)) {
                HostPolicy policy = entry.gateway().hosts().get(host);
                boolean written = policy != null && policy.actuator() != null;
                refusals.add(new InvalidValue(
                        at(entry, host).key("actuator"),
                        (written ? "" : "is missing, and ")
                                .concat(
                                        "refuses management endpoints by an answer of the proxy, which no HTTPRoute has"),
                        "write open and keep them on a port that no route leads to, %s".formatted(OTHER_KINDS)));
            }
        });
    }

    private static KeyPath at(GatewayEntry entry, Host host) {
        return entry.at().key("hosts").key(host.toString());
    }
}
