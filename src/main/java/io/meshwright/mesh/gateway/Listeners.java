package io.meshwright.mesh.gateway;

import io.meshwright.mesh.gateway.Listener.Dropped;
import io.meshwright.mesh.gateway.Server.ServedHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Merges the servers of all Gateways of one gateway pod port by port (pilot/pkg/model/gateway.go, mergeGateways). */
final class Listeners {
    private record Key(int port, String bind) {}

    /** The servers and hosts of a port, which decide whether it has room for another server. */
    private static final class Port {
        /** The first server of the port. */
        private final Server first;
        /** Hosts with their namespaces as written, by bind; only servers with a tls block have any. */
        private final Map<String, Server> taken = new TreeMap<>();

        private final Map<String, Server> tables = new TreeMap<>();
        private final TreeSet<String> laterBinds = new TreeSet<>();

        private Port(Server first) {
            this.first = first;
        }
    }

    private final Map<Integer, Port> ports = new LinkedHashMap<>();
    private final Map<Key, List<Server>> kept = new LinkedHashMap<>();
    private final Map<Key, List<Dropped>> dropped = new LinkedHashMap<>();

    /** {@code number} is where the pod listens for the server. */
    void add(Server server, int number) {
        Key key = new Key(number, server.bind());
        Port port = ports.computeIfAbsent(number, none -> new Port(server));
        Optional<Dropped> refusal = taken(server, port)
                .or(() -> port.first == server
                        ? Optional.empty()
                        : port.first.isTls() ? besideTls(server, port) : besidePlain(server, port.first));
        if (refusal.isPresent()) {
            dropped.computeIfAbsent(key, none -> new ArrayList<>()).add(refusal.get());
            return;
        }
        if (server.isHttp()) {
            port.tables.putIfAbsent(table(server), server);
        }
        kept.computeIfAbsent(key, none -> new ArrayList<>()).add(server);
    }

    /**
     * Hosts are compared as they are written, and even where a tls block only asks for a redirect (CheckDuplicates).
     */
    private static Optional<Dropped> taken(Server late, Port port) {
        if (late.tls().mode().isEmpty()) {
            return Optional.empty();
        }
        List<String> hosts = late.hosts().stream()
                .map(host -> "%s %s".formatted(late.bind(), written(host)))
                .toList();
        Optional<String> same =
                hosts.stream().filter(port.taken::containsKey).sorted().findFirst();
        hosts.stream().filter(host -> same.isEmpty()).forEach(host -> port.taken.put(host, late));
        return same.flatMap(host -> Optional.ofNullable(port.taken.get(host))
                .map(first -> new Dropped(
                        late,
                        first,
                        "the host %s is taken, and with it the whole server"
                                .formatted(host.substring(host.lastIndexOf('/') + 1)))));
    }

    private static String written(ServedHost host) {
        return "%s/%s".formatted(host.namespace(), host.host());
    }

    private static Optional<Dropped> besidePlain(Server late, Server first) {
        boolean merges = late.protocol().isHttp() && first.protocol().isHttp();
        return merges || !late.bind().equals(first.bind())
                ? Optional.empty()
                : Optional.of(new Dropped(
                        late,
                        first,
                        late.isTls()
                                ? "one server on the port uses TLS and the other does not"
                                : "only servers of plain HTTP share a port without TLS"));
    }

    private static Optional<Dropped> besideTls(Server late, Port port) {
        Server same = late.isHttp() ? port.tables.get(table(late)) : null;
        if (same != null) {
            return Optional.of(new Dropped(late, same, "the port's name gives both the same table of routes"));
        }
        // The first plaintext server behind one of TLS still gets in, and further ones do not.
        boolean room = port.laterBinds.add(late.bind()) || !late.tls().mode().isEmpty();
        return room
                ? Optional.empty()
                : Optional.of(new Dropped(late, port.first, "one server on the port uses TLS and the other does not"));
    }

    private static String table(Server server) {
        return server.isTls() ? "https %d %s %s".formatted(server.port(), server.portName(), server.gateway()) : "http";
    }

    List<Listener> listeners() {
        return kept.entrySet().stream()
                .map(entry -> new Listener(
                        entry.getKey().port(),
                        entry.getKey().bind(),
                        List.copyOf(entry.getValue()),
                        List.copyOf(dropped.getOrDefault(entry.getKey(), List.of()))))
                .toList();
    }
}
