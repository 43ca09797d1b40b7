package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Each host and port has one owner, or two of one mind. */
@AutoService(Inspection.class)
public final class EntriesAgree implements Check {
    public static final Rule ENTRY_WRITTEN_TWICE = Rule.warning("MESH251", "entry_written_twice")
            .title("Two ServiceEntries have one host and port")
            .twins("KIA1211")
            .consequence("Their endpoints are mixed.")
            .remedy("Keep one of them.");

    public static final Rule ENTRY_PROTOCOLS_DIFFER = Rule.warning("MESH252", "entry_protocols_differ")
            .title("Two ServiceEntries give one host and port different protocols")
            .twins("IST0177", "KIA1212")
            .consequence("The older object decides how the bytes are read.")
            .remedy("Keep one of them.");

    @Override
    public List<Rule> rules() {
        return List.of(ENTRY_WRITTEN_TWICE, ENTRY_PROTOCOLS_DIFFER);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<String, List<Service>> byHost = new TreeMap<>();
        mesh.services().all().stream()
                .filter(service -> service.isWritten() && !service.isKubernetes())
                .forEach(service -> byHost.computeIfAbsent(service.host(), none -> new ArrayList<>())
                        .add(service));
        return byHost.values().stream()
                .flatMap(services -> services.stream().flatMap(service -> findings(service, services).stream()));
    }

    private static List<Finding> findings(Service service, List<Service> same) {
        List<Finding> findings = new ArrayList<>();
        for (ServicePort port : service.ports()) {
            same.stream()
                    .filter(other -> Rivals.differ(
                                    other.source().manifest(), service.source().manifest())
                            && other.export().meets(service.export()))
                    .flatMap(other -> other.port(port.number()).stream()
                            .map(twin -> twin.protocol() == port.protocol()
                                    ? ENTRY_WRITTEN_TWICE.at(
                                            port.source(),
                                            "%s has port %d of %s too"
                                                    .formatted(other.source().manifest(), port.number(), service))
                                    : ENTRY_PROTOCOLS_DIFFER.at(
                                            port.source(),
                                            "%s calls port %d of %s %s, here it is %s: the older object decides"
                                                    .formatted(
                                                            other.source().manifest(),
                                                            port.number(),
                                                            service,
                                                            twin.protocol(),
                                                            port.protocol()))))
                    .findFirst()
                    .ifPresent(findings::add);
        }
        return findings;
    }
}
