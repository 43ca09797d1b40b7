package io.meshwright.construct;

import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.gateway.Listener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Istio Gateways of one set of listeners: one, and beside it one for each listener that asks for client
 * certificates where others of its port do not ask for the same. A VirtualService is bound to Gateways and not to
 * servers, so within one Gateway the routes of such a host would answer on connections for another name too, without
 * that certificate (pilot/pkg/networking/core/gateway.go, buildGatewayHTTPRouteConfig).
 */
final class GatewayParts {
    private static final int HTTPS = 443;

    private final Map<Name, List<Listener>> parts = new LinkedHashMap<>();

    GatewayParts(Name name, List<Listener> listeners) {
        List<Listener> whole = new ArrayList<>();
        List<Listener> apart = new ArrayList<>();
        listeners.forEach(listener -> (isApart(listener, listeners) ? apart : whole).add(listener));
        parts.put(name, whole.isEmpty() ? List.of(apart.remove(0)) : whole);
        apart.forEach(listener -> parts.put(apart(name, listener), List.of(listener)));
    }

    private static Name apart(Name name, Listener listener) {
        String own = "%s-%s".formatted(name, listener.hosts().get(0).dashed());
        return Name.of(listener.port().value() == HTTPS ? own : "%s-%s".formatted(own, listener.port()));
    }

    private static boolean isApart(Listener listener, List<Listener> all) {
        return listener.asksForClientCertificates()
                && all.stream()
                        .anyMatch(other -> other != listener
                                && other.tls() != null
                                && other.port().equals(listener.port()));
    }

    /** The listeners of each Gateway by its name, the usual one first. */
    Map<Name, List<Listener>> all() {
        return parts;
    }

    /** The Gateways that have any of these listeners. */
    List<Name> having(Collection<Listener> listeners) {
        return parts.entrySet().stream()
                .filter(part -> part.getValue().stream().anyMatch(listeners::contains))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The Gateways to which routes of a host belong: those that ask its clients for certificates alone, if any do. */
    List<Name> serving(Host host) {
        List<Listener> best = best(host);
        List<Listener> asking =
                best.stream().filter(Listener::asksForClientCertificates).toList();
        List<Listener> open = asking.isEmpty() ? best : asking;
        List<Name> serving = having(open);
        return serving.isEmpty() ? List.of(parts.keySet().iterator().next()) : serving;
    }

    /** Of each port the listener that takes a host, as SNI chooses it. */
    private List<Listener> best(Host host) {
        Map<Port, Listener> best = new LinkedHashMap<>();
        parts.values().stream()
                .flatMap(List::stream)
                .filter(listener -> listener.isHttp() && listener.serves(host))
                .forEach(listener -> best.merge(
                        listener.port(),
                        listener,
                        (one, other) -> other.exactness(host) > one.exactness(host) ? other : one));
        return List.copyOf(best.values());
    }
}
