package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gateways of the same pods share their ports; a server that does not go with an earlier one is left out as a whole.
 */
@AutoService(Inspection.class)
public final class GatewaysAgree implements Check {
    public static final Rule GATEWAYS_CONFLICT = Rule.error("MESH152", "gateways_conflict")
            .title("Two servers of the same gateway pods do not go together")
            .twins("IST0145", "KIA0301")
            .consequence("The server of the younger object is left out, with every host that it serves.")
            .remedy("Serve each port and host by one server.");

    // With a slash, which no host has.
    private static final String TLS = "speaks/tls";
    private static final String HTTP = "speaks/http";
    private static final String BYTES = "speaks/bytes";
    private static final List<String> SPEECHES = List.of(TLS, HTTP, BYTES);

    private record Opened(Gateway gateway, Server server) {}

    @Override
    public List<Rule> rules() {
        return List.of(GATEWAYS_CONFLICT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Integer, List<Opened>> byPort = new TreeMap<>();
        for (Gateway gateway : mesh.gateways().all()) {
            gateway.servers()
                    .forEach(server -> byPort.computeIfAbsent(server.port(), none -> new ArrayList<>())
                            .add(new Opened(gateway, server)));
        }
        return byPort.values().stream().flatMap(opened -> pairs(mesh, opened).stream());
    }

    private static List<Finding> pairs(Mesh mesh, List<Opened> opened) {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<Integer>> byTrait = new TreeMap<>();
        for (int index = 0; index < opened.size(); index++) {
            for (String trait : traits(opened.get(index).server())) {
                byTrait.computeIfAbsent(trait, none -> new ArrayList<>(1)).add(index);
            }
        }
        for (int index = 0; index < opened.size(); index++) {
            Opened one = opened.get(index);
            // Of one Gateway the earlier counts; of two nobody knows which is older, so either side may be the one that
            // loses.
            int limit = index;
            clashing(one.server())
                    .flatMap(trait -> byTrait.getOrDefault(trait, List.of()).stream())
                    .distinct()
                    .sorted()
                    .filter(other -> opened.get(other).gateway() == one.gateway()
                            ? other < limit
                            : Rivals.differ(
                                    opened.get(other).gateway().manifest(),
                                    one.gateway().manifest()))
                    .map(opened::get)
                    .filter(other -> samePods(mesh, other.gateway(), one.gateway()))
                    .flatMap(other -> clash(other, one).stream()
                            .map(finding -> Rivals.weighed(mesh, other.gateway().manifest(), finding)))
                    .findFirst()
                    .ifPresent(findings::add);
        }
        return findings;
    }

    /** By what a server is found that may clash with another: what it speaks, and its hosts. */
    private static List<String> traits(Server server) {
        return Stream.concat(Stream.of(speech(server)), server.hostNames().stream())
                .toList();
    }

    /** The traits of servers that may clash with this one. */
    private static Stream<String> clashing(Server server) {
        String own = speech(server);
        return Stream.concat(
                SPEECHES.stream().filter(speech -> speech.equals(BYTES) || !speech.equals(own)),
                server.hostNames().stream());
    }

    private static String speech(Server server) {
        return server.isTls() ? TLS : server.isHttp() ? HTTP : BYTES;
    }

    private static boolean samePods(Mesh mesh, Gateway one, Gateway other) {
        if (one == other) {
            return true;
        }
        boolean shared =
                mesh.gateways().pods(one).stream().anyMatch(mesh.gateways().pods(other)::contains);
        boolean unknown = mesh.gateways().pods(one).isEmpty()
                && mesh.gateways().pods(other).isEmpty();
        boolean nested = one.selector()
                        .labels()
                        .entrySet()
                        .containsAll(other.selector().labels().entrySet())
                || other.selector()
                        .labels()
                        .entrySet()
                        .containsAll(one.selector().labels().entrySet());
        return shared || unknown && nested;
    }

    private static Optional<Finding> clash(Opened early, Opened late) {
        Server one = early.server();
        Server other = late.server();
        if (!one.bind().equals(other.bind())) {
            return Optional.empty();
        }
        if (one.isTls() != other.isTls() || !one.isTls() && !(one.isHttp() && other.isHttp())) {
            return Optional.of(GATEWAYS_CONFLICT.at(
                    other.source(),
                    ("port %d of the same pods is opened as %s by %s and as %s here: only the server of the older"
                                    + " object is kept")
                            .formatted(
                                    other.port(),
                                    one.protocol(),
                                    early.gateway().manifest(),
                                    other.protocol())));
        }
        Set<String> common = new TreeSet<>(other.hostNames());
        common.retainAll(one.hostNames());
        if (common.isEmpty()) {
            return Optional.empty();
        }
        Set<String> same = written(other);
        same.retainAll(written(one));
        if (same.isEmpty()) {
            // istiod compares hosts with their namespaces, and Envoy without (CheckDuplicates, GetSNIHostsForServer).
            return one.isTls() ? Optional.of(refused(early, late, common)) : Optional.empty();
        }
        return Optional.of(
                one.isTls()
                        ? GATEWAYS_CONFLICT.at(
                                other.source(),
                                ("%s serves %s on port %d of the same pods too: the whole server of the younger "
                                                + "object is left out")
                                        .formatted(early.gateway().manifest(), common, other.port()))
                        : GATEWAYS_CONFLICT
                                .at(
                                        other.source(),
                                        ("%s serves %s on port %d of the same pods too: their routes are mixed in "
                                                        + "the order of their age")
                                                .formatted(early.gateway().manifest(), common, other.port()))
                                .as(Severity.WARNING));
    }

    private static Set<String> written(Server server) {
        return server.hosts().stream()
                .map(host -> "%s/%s".formatted(host.namespace(), host.host()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Finding refused(Opened early, Opened late, Set<String> common) {
        return GATEWAYS_CONFLICT.at(
                late.server().source(),
                ("%s serves %s on port %d of the same pods too, for other namespaces: Envoy refuses both and keeps what"
                                + " the port had")
                        .formatted(
                                early.gateway().manifest(),
                                common,
                                late.server().port()));
    }
}
