package io.meshwright.mesh.workload;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Age;
import java.util.ArrayList;
import java.util.List;

/**
 * ServiceEntries of one host and namespace: a proxy takes the first that it finds, and adds the ports of those alone
 * that are resolved, labelled, backed and exported alike (pilot/pkg/model/sidecar.go, canMergeServices).
 */
public final class SharedHosts {
    private SharedHosts() {}

    /** True if to a proxy that knows both entries the second one's further ports are as if nobody had declared them. */
    public static boolean hides(Service first, Service second) {
        return isApart(first, second) && goesBefore(first, second);
    }

    /** The same where it is up to their age, which the manifests do not tell. */
    public static boolean mayHide(Service first, Service second) {
        return isApart(first, second) && !goesBefore(first, second) && !goesBefore(second, first);
    }

    /** The fields in which two entries differ so that they do not add up, joined by commas; empty when they do. */
    public static String difference(Service one, Service other) {
        List<String> fields = new ArrayList<>();
        if (!one.reach().resolution().equals(other.reach().resolution())) {
            fields.add("resolution");
        }
        if (!one.source().manifest().labels().equals(other.source().manifest().labels())) {
            fields.add("labels");
        }
        if (!one.selector().equals(other.selector())) {
            fields.add("workloadSelector");
        }
        if (!one.export().written().equals(other.export().written())) {
            fields.add("exportTo");
        }
        return String.join(", ", fields);
    }

    private static boolean isApart(Service one, Service other) {
        Manifest own = one.source().manifest();
        Manifest rival = other.source().manifest();
        return one.host().equals(other.host())
                && one.namespace().equals(other.namespace())
                && one.type() == Service.Type.ENTRY
                && other.type() == Service.Type.ENTRY
                // Several versions of one object are written for one cluster each.
                && !own.name().equals(rival.name())
                && !difference(one, other).isEmpty();
    }

    /** Those that are exported to namespaces by name go first, then the older (servicesExportedToNamespace). */
    private static boolean goesBefore(Service one, Service other) {
        Manifest own = one.source().manifest();
        Manifest rival = other.source().manifest();
        return one.export().isPublic() == other.export().isPublic()
                ? Age.isWritten(own, rival) && Age.OLDEST_FIRST.compare(own, rival) < 0
                : other.export().isPublic();
    }
}
