package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.traffic.Redirect;
import java.util.List;
import java.util.stream.Stream;

/** No route sends clients to an address from which routes and listeners of the file send them back to it. */
public final class RoutesRedirectAway implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Redirections redirections = new Redirections(environment);
        return DeclaredRoute.of(environment)
                .filter(declared -> declared.route().match().isEverything())
                .flatMap(declared -> Stream.ofNullable(declared.route().redirect())
                        .filter(redirect -> redirections.returns(declared))
                        .map(redirect -> new InvalidValue(
                                declared.at().key("redirect"),
                                "leads back to this route, so that clients never arrive",
                                remedy(environment, redirect))))
                .toList();
    }

    private static String remedy(Environment environment, Redirect redirect) {
        boolean switchable = environment.gateway().listeners().stream().anyMatch(Listener::redirectToHttps)
                || redirect.scheme() != Redirect.Scheme.HTTPS;
        return switchable
                ? "name another scheme, host or path, or remove it"
                : "set redirectToHttps on the HTTP listener instead, or name another host or path";
    }
}
