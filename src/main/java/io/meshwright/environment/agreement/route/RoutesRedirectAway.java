package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.traffic.Redirect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** No route sends clients to an address from which routes and listeners of the file send them back to it. */
public final class RoutesRedirectAway implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Map<Name, Redirections> known = new HashMap<>();
        return DeclaredRoute.of(environment)
                .filter(declared -> declared.route().match().isEverything())
                .flatMap(declared -> Stream.ofNullable(declared.route().redirect())
                        .flatMap(redirect -> followed(environment, declared)
                                .filter(entry -> known.computeIfAbsent(
                                                entry.name(), none -> new Redirections(environment, entry))
                                        .returns(declared))
                                .limit(1)
                                .map(entry -> new InvalidValue(
                                        declared.at().key("redirect"),
                                        "leads back to this route, so that clients never arrive",
                                        remedy(entry, redirect)))))
                .toList();
    }

    /** Callers in the mesh come by no gateway, and follow a redirect all the same. */
    private static Stream<GatewayEntry> followed(Environment environment, DeclaredRoute declared) {
        return declared.isInner() ? environment.gatewayEntries().stream().limit(1) : declared.entries(environment);
    }

    private static String remedy(GatewayEntry entry, Redirect redirect) {
        boolean switched = entry.gateway().listeners().stream().anyMatch(Listener::redirectToHttps);
        // What a listener answers by itself leads to the usual port.
        boolean usual = redirect.scheme() == Redirect.Scheme.HTTPS
                && (redirect.port() == null || redirect.port().value() == Redirections.HTTPS);
        return usual && !switched
                ? "set redirectToHttps on the HTTP listener instead, or name another host or path"
                : "name another scheme, host or path, or remove it";
    }
}
