package io.meshwright.plan.request;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.plan.object.ObjectChanges;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells which calls a change may concern: those to its namespace, those to a host that it names, those from a workload
 * that it changes, those from its namespace where it is of a kind that acts on callers, and all of them where it is in
 * Istio's root namespace. It says yes too often rather than too rarely.
 */
final class Concern {
    /** Of these kinds no object changes what the other pods of its namespace call, or how. */
    private static final Set<Kind> FOR_SERVERS = Set.of(
            Kind.DEPLOYMENT,
            Kind.STATEFUL_SET,
            Kind.DAEMON_SET,
            Kind.REPLICA_SET,
            Kind.ROLLOUT,
            Kind.JOB,
            Kind.CRON_JOB,
            Kind.POD,
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
    static final Concern NONE = new Concern(ObjectChanges.NONE);

    private final ObjectChanges changes;
    private final Set<String> servers = new HashSet<>();
    private final Set<String> callers = new HashSet<>();
    private final Set<String> hosts = new HashSet<>();
    private final boolean everywhere;

    private Concern(ObjectChanges none) {
        this.changes = none;
        this.everywhere = false;
    }

    Concern(ObjectChanges changes, Mesh before, Mesh after) {
        this.changes = changes;
        changes.differing().forEach(object -> {
            String namespace = object.kind().equals(Kind.NAMESPACE) ? object.name() : object.home();
            servers.add(namespace);
            if (!FOR_SERVERS.contains(object.kind())) {
                callers.add(namespace);
            }
            hosts(object, before);
            hosts(object, after);
        });
        this.everywhere = servers.contains(before.config().rootNamespace())
                || servers.contains(after.config().rootNamespace());
    }

    private void hosts(Manifest object, Mesh mesh) {
        Stream.concat(object.texts("/spec/hosts").stream(), object.text("/spec/host").stream())
                .map(host -> HostName.resolve(host, object.home(), mesh.config().domain()))
                .forEach(hosts::add);
    }

    boolean of(Service service, Pod caller) {
        return everywhere
                || servers.contains(service.namespace())
                || callers.contains(caller.namespace())
                || changes.touches(caller.source().manifest())
                || hosts.stream().anyMatch(host -> HostName.overlap(host, service.host()));
    }
}
