package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A pod has one listener for each of its ports, so all Services in front of it must say the same of the port. */
@AutoService(Inspection.class)
public final class ServicesOfPodAgree implements Check {
    public static final Rule SERVICES_DIFFER_ON_PORT = Rule.warning("MESH266", "services_differ_on_port")
            .title("Two Services of one workload give a port different protocols")
            .twins("IST0116")
            .consequence("Whichever Service comes first decides how the bytes are read.")
            .remedy("Give the port one protocol in both, or the Services different ports.");

    public static final Rule SERVICES_DIFFER_ON_TARGET = Rule.warning("MESH270", "services_differ_on_target")
            .title("Two ports of Services lead to one port of a pod in different ways")
            .twins("IST0137")
            .consequence("The pod has one listener for the port, and one of the two protocols is misread.")
            .remedy("Give both the same protocol, or let the pods listen on two ports; of one Service the port that is"
                    + " written first decides.");

    private record Front(Service service, ServicePort port) {
        boolean differs(Front other) {
            return service != other.service()
                    && sort(port.protocol()) != sort(other.port().protocol());
        }

        /** Returns the way in which the proxy handles bytes of the port; what it guesses may agree with anything. */
        private static int sort(Protocol protocol) {
            return protocol.isHttp() ? 0 : protocol.isTls() ? 1 : 2;
        }
    }

    @Override
    public List<Rule> rules() {
        return List.of(SERVICES_DIFFER_ON_PORT, SERVICES_DIFFER_ON_TARGET);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar() || pod.proxy().type() == Proxy.Type.UNKNOWN)
                .flatMap(pod -> Stream.concat(findings(pod, fronts(mesh, pod)), hidden(mesh, pod)))
                .distinct();
    }

    /** Ports of HTTP that a sidecar reads as bytes, since the same Service has another for their target before them. */
    private static Stream<Finding> hidden(Mesh mesh, Pod pod) {
        return mesh.services().selecting(pod).stream()
                .flatMap(service -> service.ports().stream()
                        .filter(port -> port.protocol().isHttp() && isReadByServices(mesh, pod, port))
                        .flatMap(port -> service.ports().stream()
                                .filter(first -> first.on(pod).equals(port.on(pod)))
                                .limit(1)
                                .filter(first -> !first.protocol().mayBeHttp())
                                .map(first -> SERVICES_DIFFER_ON_TARGET.at(
                                        port.source(),
                                        ("port %d (%s) of Service %s leads to the same port of its pods as port %d"
                                                        + " (%s), which is written first: their sidecars read no HTTP"
                                                        + " there")
                                                .formatted(
                                                        port.number(),
                                                        port.protocol(),
                                                        service,
                                                        first.number(),
                                                        first.protocol())))))
                .limit(1);
    }

    private static boolean isReadByServices(Mesh mesh, Pod pod, ServicePort port) {
        OptionalInt heard = port.on(pod);
        return heard.isPresent()
                && mesh.sidecars().ingress(pod, heard.getAsInt()).isEmpty();
    }

    private static List<Front> fronts(Mesh mesh, Pod pod) {
        List<Front> fronts = new ArrayList<>();
        mesh.services()
                .selecting(pod)
                .forEach(service -> service.ports().stream()
                        .filter(port -> port.protocol() != Protocol.UDP && port.protocol() != Protocol.SNIFFED)
                        .forEach(port -> fronts.add(new Front(service, port))));
        return fronts;
    }

    private static Stream<Finding> findings(Pod pod, List<Front> fronts) {
        Optional<Finding> number = fronts.stream()
                .flatMap(one -> fronts.stream()
                        .filter(other -> one.port().number() == other.port().number() && one.differs(other))
                        .map(other -> SERVICES_DIFFER_ON_PORT.at(
                                Source.of(pod.source().manifest()),
                                ("port %d is %s by Service %s and %s by Service %s, and its pods have one "
                                                + "listener for both")
                                        .formatted(
                                                one.port().number(),
                                                one.port().protocol(),
                                                one.service(),
                                                other.port().protocol(),
                                                other.service()))))
                .findFirst();
        Optional<Finding> target = fronts.stream()
                .flatMap(one -> fronts.stream()
                        .filter(other -> one.port().number() != other.port().number()
                                && one.differs(other)
                                && one.port().on(pod).equals(other.port().on(pod)))
                        .map(other -> SERVICES_DIFFER_ON_TARGET.at(
                                Source.of(pod.source().manifest()),
                                "Service %s leads port %d (%s) and Service %s port %d (%s) to one port of its pods"
                                        .formatted(
                                                one.service(),
                                                one.port().number(),
                                                one.port().protocol(),
                                                other.service(),
                                                other.port().number(),
                                                other.port().protocol()))))
                .findFirst();
        return Stream.of(number, target).flatMap(Optional::stream);
    }
}
