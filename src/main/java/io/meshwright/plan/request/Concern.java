package io.meshwright.plan.request;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.ObjectChanges;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells which calls a change may concern: those from and to its namespace, those to a host that it names, and all of
 * them where it is in Istio's root namespace. It says yes too often rather than too rarely.
 */
final class Concern {
    private final Set<String> namespaces = new HashSet<>();
    private final Set<String> hosts = new HashSet<>();
    private final boolean everywhere;

    Concern(ObjectChanges changes, Mesh before, Mesh after) {
        changes.all().stream().flatMap(Concern::objects).forEach(object -> {
            namespaces.add(object.kind().equals(Kind.NAMESPACE) ? object.name() : object.home());
            hosts(object, before);
            hosts(object, after);
        });
        this.everywhere = namespaces.contains(before.config().rootNamespace())
                || namespaces.contains(after.config().rootNamespace());
    }

    private void hosts(Manifest object, Mesh mesh) {
        Stream.concat(object.texts("/spec/hosts").stream(), object.text("/spec/host").stream())
                .map(host -> HostName.resolve(host, object.home(), mesh.config().domain()))
                .forEach(hosts::add);
    }

    private static Stream<Manifest> objects(ObjectChange change) {
        if (change instanceof ObjectChange.Added added) {
            return Stream.of(added.after());
        } else if (change instanceof ObjectChange.Removed removed) {
            return Stream.of(removed.before());
        } else if (change instanceof ObjectChange.Changed changed) {
            return Stream.of(changed.before(), changed.after());
        } else if (change instanceof ObjectChange.Renamed renamed) {
            return Stream.of(renamed.before(), renamed.after());
        }
        return Stream.empty();
    }

    boolean of(Service service, Pod caller) {
        return everywhere
                || namespaces.contains(service.namespace())
                || namespaces.contains(caller.namespace())
                || hosts.stream().anyMatch(host -> HostName.overlap(host, service.host()));
    }
}
