package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The services to which addresses and names of calls without a sidecar lead: kube-proxy knows the addresses of
 * Services, a ztunnel those of ServiceEntries too, and the names of these where it answers DNS.
 */
final class AmbientNames {
    private final Mesh mesh;

    AmbientNames(Mesh mesh) {
        this.mesh = mesh;
    }

    /**
     * Of services of one host ztunnels know that of the caller's namespace, else the cluster's own, else the oldest
     * entry (canonical services of the ambient index).
     */
    static Comparator<Service> seenFrom(String namespace) {
        return Comparator.comparing((Service service) -> !service.namespace().equals(namespace))
                .thenComparing(service -> !service.isKubernetes())
                .thenComparing(service -> service.source().manifest(), Age.ORDER);
    }

    /**
     * Says so where nothing tells which of two entries of one host is the older, and something else is behind them: a
     * ztunnel knows one alone.
     */
    void weigh(PathRecorder recorder, Pod caller, Service chosen) {
        if (!caller.proxy().isZtunnel() || chosen.isKubernetes()) {
            return;
        }
        boolean own = chosen.namespace().equals(caller.namespace());
        mesh.services().of(chosen.host()).stream()
                .filter(other -> !other.source().equals(chosen.source())
                        && !other.isKubernetes()
                        && other.namespace().equals(caller.namespace()) == own
                        && !Age.isTold(
                                chosen.source().manifest(), other.source().manifest())
                        && isElsewhere(chosen, other))
                .findFirst()
                .ifPresent(other -> recorder.doubt(
                        "which of the ServiceEntries for %s was created first decides which one ztunnels know"
                                .formatted(chosen.host()),
                        List.of(chosen.source(), other.source())));
    }

    private static boolean isElsewhere(Service one, Service other) {
        return !one.reach().equals(other.reach())
                || !one.selector().equals(other.selector())
                || !ports(one).equals(ports(other));
    }

    private static List<String> ports(Service service) {
        return service.ports().stream()
                .map(port -> "%d %s %s".formatted(port.number(), port.protocol(), port.target()))
                .sorted()
                .toList();
    }

    /** The service with an address, which is no name. */
    Optional<Service> at(Pod caller, String host, int port) {
        boolean ztunnel = caller.proxy().isZtunnel();
        List<Service> holding = mesh
                .services()
                .holding(host.replaceAll("[\\[\\]]", ""), mesh.version(caller).carriesBlocksInAmbient())
                .stream()
                .filter(found -> found.isKubernetes() || ztunnel)
                .toList();
        return holding.stream()
                .filter(found -> found.port(port).isPresent())
                .findFirst()
                .or(() -> holding.stream().findFirst());
    }

    /** The entry for a domain in which a name lies, which a ztunnel answers with the entry's address. */
    Optional<Service> domain(Pod caller, String host) {
        return caller.proxy().isZtunnel()
                ? HostName.wildcardsOver(host)
                        .flatMap(wildcard -> mesh.services().of(wildcard).stream())
                        .filter(mesh.waypoints()::hasAddress)
                        .findFirst()
                : Optional.empty();
    }

    /** Tells whether a call by an entry's name goes where the entry says. */
    boolean knows(PathRecorder recorder, Pod caller, Service entry) {
        if (!caller.proxy().isZtunnel()
                || !mesh.waypoints().hasAddress(entry)
                || caller.annotations()
                        .getOrDefault(IstioAnnotations.AMBIENT_DNS, "")
                        .equals("false")) {
            return false;
        }
        boolean answered = mesh.version(caller).answersNamesInAmbient()
                || caller.annotations()
                        .getOrDefault(IstioAnnotations.AMBIENT_DNS, "")
                        .equals("true");
        if (!answered && mesh.waypoints().between(caller, entry).isPresent()) {
            recorder.doubt(
                    "whether the ztunnel of %s answers DNS is a setting of istio-cni".formatted(caller),
                    List.of(caller.source()));
            return true;
        }
        return answered;
    }
}
