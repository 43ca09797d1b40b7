package io.meshwright.plan.request;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.plan.object.ObjectChanges;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which calls a change may concern: those to its namespace, or to a host that it names or pods that it makes
 * where it acts on nothing else, those from a workload that it changes, those from its namespace where it is of a kind
 * that acts on callers, and all of them where it is in Istio's root namespace. It says yes too often rather than too
 * rarely.
 */
final class Concern {
    /** Outside the root namespace, no object of these kinds concerns another server than its own pods. */
    private static final Set<Kind> FOR_THEIR_PODS = Set.of(
            Kind.DEPLOYMENT,
            Kind.STATEFUL_SET,
            Kind.DAEMON_SET,
            Kind.REPLICA_SET,
            Kind.ROLLOUT,
            Kind.JOB,
            Kind.CRON_JOB,
            Kind.POD);

    /** Nor does one of these kinds or of those change what the other pods of its namespace call, or how. */
    private static final Set<Kind> FOR_SERVERS = Set.of(
            Kind.SERVICE,
            Kind.SERVICE_ACCOUNT,
            Kind.CONFIG_MAP,
            Kind.SECRET,
            Kind.VIRTUAL_SERVICE,
            Kind.DESTINATION_RULE,
            Kind.AUTHORIZATION_POLICY,
            Kind.PEER_AUTHENTICATION,
            Kind.REQUEST_AUTHENTICATION);

    /** Of no change at all. */
    static final Concern NONE = new Concern(ObjectChanges.NONE, Set.of());

    private final ObjectChanges changes;
    private final Set<String> roots;
    private final Set<String> namespaces = new HashSet<>();
    private final Set<String> callers = new HashSet<>();
    private final Set<String> hosts = new HashSet<>();
    private boolean everywhere;

    private Concern(ObjectChanges changes, Set<String> roots) {
        this.changes = changes;
        this.roots = roots;
    }

    static Concern of(ObjectChanges changes, Mesh before, Mesh after) {
        Concern concern = new Concern(
                changes,
                Stream.of(before, after)
                        .map(mesh -> mesh.config().rootNamespace())
                        .collect(Collectors.toSet()));
        changes.differing().forEach(object -> concern.add(object, before, after));
        concern.everywhere = concern.roots.stream().anyMatch(concern.namespaces::contains)
                || !before.config().agreesWith(after.config())
                || !before.version().equals(after.version())
                || changes.differing().anyMatch(object -> installs(object, before) || installs(object, after));
        return concern;
    }

    private void add(Manifest object, Mesh before, Mesh after) {
        if (object.kind().equals(Kind.APPLICATION)) {
            return; // it acts where its chart is installed, by what is met on the way
        }
        hosts(object, before);
        hosts(object, after);
        String namespace = object.kind().equals(Kind.NAMESPACE) ? object.name() : object.home();
        boolean ofPods = FOR_THEIR_PODS.contains(object.kind());
        if (!ofPods && !FOR_SERVERS.contains(object.kind())) {
            callers.add(namespace);
        }
        boolean narrow = isForHosts(object) || ofPods && !roots.contains(namespace);
        if (!narrow) {
            namespaces.add(namespace);
        }
    }

    /** A VirtualService without hosts is a part of others, whose hosts it does not tell. */
    private static boolean isForHosts(Manifest object) {
        return object.kind().equals(Kind.DESTINATION_RULE)
                || object.kind().equals(Kind.VIRTUAL_SERVICE)
                        && !object.texts("/spec/hosts").isEmpty();
    }

    private static boolean installs(Manifest object, Mesh mesh) {
        return object.kind().equals(Kind.MUTATING_WEBHOOK)
                || mesh.installation().isInstalledBy(object);
    }

    private void hosts(Manifest object, Mesh mesh) {
        Stream.concat(object.texts("/spec/hosts").stream(), object.text("/spec/host").stream())
                .map(host -> HostName.resolve(host, object.home(), mesh.config().domain()))
                .forEach(hosts::add);
    }

    /** Tells whether it concerns everybody's calls to a service, behind which these pods are. */
    boolean ofService(Service service, List<Pod> pods) {
        return everywhere
                || namespaces.contains(service.namespace())
                || hosts.stream().anyMatch(host -> HostName.overlap(host, service.host()))
                || pods.stream()
                        .anyMatch(pod -> changes.touchesTraffic(pod.source().manifest()));
    }

    /** Tells whether it concerns all calls of a pod. */
    boolean ofCaller(Pod caller) {
        return callers.contains(caller.namespace())
                || changes.touches(caller.source().manifest());
    }

    /** Tells whether an object that a call meets on its way differs, or may be acted on by one that does. */
    boolean isMet(Manifest object) {
        return changes.touchesTraffic(object) || FOR_THEIR_PODS.contains(object.kind()) && isAround(object.home());
    }

    /** Tells whether an object of this namespace differs that acts on others there. */
    boolean isAround(String namespace) {
        return namespaces.contains(namespace);
    }
}
