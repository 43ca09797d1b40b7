package io.meshwright.mesh.firewall;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.firewall.NetworkPolicy.Admission;
import io.meshwright.mesh.firewall.NetworkPolicy.Direction;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Namespaces;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.SelectorIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The NetworkPolicies, and whether they let a connection through: a pod that any policy selects for a direction takes
 * only what one of them admits. Ports are those of the pod, because policies act after the Service's address is
 * translated; sidecars change nothing (kubernetes.io, network policies).
 */
public final class NetworkPolicies {
    private static final String TCP = "TCP";

    private final SelectorIndex<NetworkPolicy> selecting = new SelectorIndex<>();
    // By identity, and never walked: only looked up.
    private final Map<Pod, List<NetworkPolicy>> isolatingEntry = new ConcurrentHashMap<>();
    private final Map<Pod, List<NetworkPolicy>> isolatingExit = new ConcurrentHashMap<>();

    public NetworkPolicies(Manifests manifests, Namespaces namespaces) {
        manifests.kind(Kind.NETWORK_POLICY).stream()
                .map(manifest -> NetworkPolicy.of(manifest, namespaces))
                .forEach(policy -> selecting.add(policy.manifest().home(), policy.selector(), policy));
    }

    /** The policies that isolate a pod in that direction. */
    public List<NetworkPolicy> of(Pod pod, Direction direction) {
        Map<Pod, List<NetworkPolicy>> isolating = direction == Direction.INGRESS ? isolatingEntry : isolatingExit;
        return isolating.computeIfAbsent(
                pod,
                isolated -> selecting.of(isolated).stream()
                        .filter(policy -> policy.isolates(direction))
                        .toList());
    }

    /**
     * Tells whether a TCP connection of one pod to a port of another passes both the policies on exit and those on
     * entry.
     */
    public Admission between(Pod from, Pod to, int port) {
        Admission exit = egress(from, NetworkPeer.of(to), port, TCP);
        Admission entry = ingress(NetworkPeer.of(from), to, port, TCP);
        if (exit.admitted().isNo() || entry.admitted().isNo()) {
            return exit.admitted().isNo() ? exit : entry;
        }
        return new Admission(
                exit.admitted().and(entry.admitted()),
                Stream.concat(exit.decidedBy().stream(), entry.decidedBy().stream())
                        .toList());
    }

    /** Tells whether a pod takes a connection on its port; {@code transport} is TCP, UDP or SCTP. */
    public Admission ingress(NetworkPeer from, Pod to, int port, String transport) {
        return decide(to, Direction.INGRESS, from, Optional.of(to), port, transport);
    }

    /** Tells whether a pod may open a connection to a peer's port. */
    public Admission egress(Pod from, NetworkPeer to, int port, String transport) {
        return decide(from, Direction.EGRESS, to, to.pod(), port, transport);
    }

    private Admission decide(
            Pod isolated, Direction direction, NetworkPeer peer, Optional<Pod> server, int port, String transport) {
        List<NetworkPolicy> policies = of(isolated, direction);
        if (policies.isEmpty()) {
            return new Admission(Truth.YES, List.of());
        }
        if (isolated.spec().path("hostNetwork").asBoolean(false)) {
            // What a policy does to a pod on the host's network is left to the network plug-in.
            return new Admission(Truth.UNKNOWN, sources(policies));
        }
        List<Admission> admissions = policies.stream()
                .map(policy -> policy.admits(direction, peer, server, port, transport))
                .toList();
        Truth admitted = admissions.stream().map(Admission::admitted).reduce(Truth.NO, Truth::or);
        List<Source> rules = admissions.stream()
                .filter(admission -> admission.admitted() == admitted)
                .flatMap(admission -> admission.decidedBy().stream())
                .toList();
        return new Admission(admitted, admitted.isNo() ? sources(policies) : rules);
    }

    private static List<Source> sources(List<NetworkPolicy> policies) {
        return policies.stream().map(policy -> Source.of(policy.manifest())).toList();
    }
}
