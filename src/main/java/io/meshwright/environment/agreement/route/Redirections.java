package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Edge;
import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.Host;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.traffic.Redirect;
import io.meshwright.value.traffic.RoutePath;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Follows a client that does as redirects say, as far as one gateway of this file decides where it arrives. */
final class Redirections {
    static final int HTTPS = 443;

    private static final int HTTP = 80;

    private final GatewayEntry entry;
    private final List<DeclaredRoute> routes;

    Redirections(Environment environment, GatewayEntry entry) {
        this.entry = entry;
        this.routes = DeclaredRoute.of(environment)
                .filter(declared -> !declared.isInner() && declared.route().isAt(entry.name()))
                .sorted(Comparator.comparing(declared -> declared.route().path()))
                .toList();
    }

    /** Tells whether some client that the route redirects comes to it again. */
    boolean returns(DeclaredRoute start) {
        if (start.isInner()) {
            return isItself(start);
        }
        return listeners(start.route().host()).anyMatch(listener -> returns(start, listener));
    }

    private boolean returns(DeclaredRoute start, Listener first) {
        Set<String> seen = new HashSet<>();
        Optional<Stop> next =
                path(start).map(path -> new Stop(start, first, start.route().host(), path));
        while (next.isPresent()) {
            Stop stop = next.get();
            if (!seen.add(
                    "%s %s %s".formatted(stop.route().at(), stop.listener().port(), stop.path()))) {
                return stop.route().at().equals(start.at());
            }
            next = next(stop);
        }
        return false;
    }

    /** A client at a route, on one of the gateway's listeners. */
    private record Stop(DeclaredRoute route, Listener listener, Host host, String path) {}

    private Optional<Stop> next(Stop stop) {
        Redirect redirect = stop.route().route().redirect();
        if (redirect == null || !stop.route().route().match().isEverything()) {
            return Optional.empty();
        }
        Host host = redirect.host() == null ? stop.host() : redirect.host();
        String path = redirect.path() == null ? stop.path() : redirect.path();
        return arrival(stop.listener(), redirect, host)
                .flatMap(listener -> owner(host, path).map(route -> new Stop(route, listener, host, path)));
    }

    private Optional<Listener> arrival(Listener from, Redirect redirect, Host host) {
        boolean secure = redirect.scheme() == null
                ? from.protocol() == Scheme.HTTPS
                : redirect.scheme() == Redirect.Scheme.HTTPS;
        if (entry.edge().origin() == Edge.Scheme.HTTP) {
            return listeners(host)
                    .filter(each -> each.protocol() == Scheme.HTTP)
                    .findFirst();
        }
        if (redirect.scheme() == null && redirect.port() == null) {
            return listeners(host).filter(from::equals).findFirst();
        }
        int port = redirect.port() == null
                ? secure ? HTTPS : HTTP
                : redirect.port().value();
        Optional<Listener> arrived =
                listeners(host).filter(each -> each.port().value() == port).findFirst();
        return arrived.filter(Listener::redirectToHttps).isPresent()
                ? listeners(host).filter(each -> each.port().value() == HTTPS).findFirst()
                : arrived;
    }

    private Stream<Listener> listeners(Host host) {
        return entry.gateway().listeners().stream().filter(listener -> listener.isHttp() && listener.serves(host));
    }

    /** The route that takes a path of a host, of those of the host that says most. */
    private Optional<DeclaredRoute> owner(Host host, String path) {
        Optional<Host> asked = routes.stream()
                .map(declared -> declared.route().host())
                .filter(served -> served.covers(host))
                .max(Comparator.comparingInt(served ->
                        served.equals(host) ? Integer.MAX_VALUE : served.value().length()));
        return asked.flatMap(served -> routes.stream()
                .filter(declared -> declared.route().host().equals(served))
                .filter(declared -> declared.route().path().takes(path))
                .findFirst());
    }

    /** A path of which the route redirects clients, and not one before it. */
    private Optional<String> path(DeclaredRoute start) {
        RoutePath path = start.route().path();
        return Stream.of(path.beginning(), path.beginning().replaceFirst("/?$", "/-"))
                .filter(path::takes)
                .filter(sample -> owner(start.route().host(), sample)
                        .filter(start::equals)
                        .isPresent())
                .findFirst();
    }

    /** Of callers in the mesh, which follow a redirect to the name that they called. */
    private static boolean isItself(DeclaredRoute declared) {
        Redirect redirect = declared.route().redirect();
        return redirect != null
                && redirect.scheme() != Redirect.Scheme.HTTPS
                && redirect.port() == null
                && (redirect.host() == null
                        || redirect.host().equals(declared.route().host()))
                && (redirect.path() == null || declared.route().path().takes(redirect.path()))
                && declared.owner().routes().filter(DeclaredRoute::isInner).count() == 1;
    }
}
