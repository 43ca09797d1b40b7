package io.meshwright.check.rule.destination;

import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PortSpeech;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Ports of ServiceEntries which nobody reaches, whoever calls: HTTP that every proxy sends to port 443 as it is, and
 * TLS of callers around which every proxy begins TLS again.
 */
final class SpokenEntries {
    private final Mesh mesh;
    private final Set<ServicePort> routed;

    /** {@code routed} are the ports to which requests are known to go, which are judged by these. */
    SpokenEntries(Mesh mesh, Set<ServicePort> routed) {
        this.mesh = mesh;
        this.routed = routed;
    }

    Stream<Finding> findings() {
        return mesh.services().all().stream()
                .filter(service -> service.isWritten() && !service.isKubernetes())
                .filter(service -> !mesh.waypoints().mayServe(service))
                .flatMap(service -> service.ports().stream()
                        .filter(port -> !routed.contains(port))
                        .flatMap(port -> finding(service, port)))
                .distinct();
    }

    private Stream<Finding> finding(Service service, ServicePort port) {
        boolean plain = port.protocol().isHttp() && PortSpeech.isTls(service, port);
        if (!plain && !port.protocol().isTls()) {
            return Stream.empty();
        }
        List<TlsOutcome> outcomes = mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar() || pod.proxy().isGateway())
                .filter(pod -> service.export().reaches(pod.namespace()))
                .map(pod -> outcome(pod, service, port))
                .toList();
        if (outcomes.isEmpty()) {
            return Stream.empty();
        }
        if (plain) {
            return outcomes.stream().allMatch(PortSpokenAsNamed::leavesPlain)
                    ? Stream.of(PortSpokenAsNamed.PLAIN_HTTP_TO_TLS.at(
                            port.source(),
                            "every proxy sends HTTP for port %d on to port 443 as it is, where TLS is usual"
                                    .formatted(port.number())))
                    : Stream.empty();
        }
        return outcomes.stream().allMatch(TlsOutcome::beginsTls)
                ? outcomes.stream()
                        .flatMap(outcome -> outcome.decidedBy().stream())
                        .limit(1)
                        .map(rule -> twice(rule, service, port))
                : Stream.empty();
    }

    private TlsOutcome outcome(Pod client, Service service, ServicePort port) {
        return mesh.clientTls().outcome(client, service, port, Optional.empty());
    }

    private static Finding twice(Source rule, Service service, ServicePort port) {
        return PortSpokenAsNamed.TLS_BEGUN_TWICE
                .at(
                        rule,
                        "port %d of %s takes the TLS of applications alone, and every proxy begins TLS around that again"
                                .formatted(port.number(), service))
                .as(Severity.WARNING);
    }
}
