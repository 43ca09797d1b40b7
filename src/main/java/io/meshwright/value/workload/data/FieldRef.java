package io.meshwright.value.workload.data;

import io.meshwright.value.Doc;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Shorthand;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A field of the pod itself. The API server takes some as variables, others as files, and labels and annotations one by
 * one as both [kubernetes.io, Downward API].
 */
@Doc("A field of the pod.")
@Sample("status.podIP")
public record FieldRef(
        @Required
        @Doc("Path of the field: metadata.name, metadata.namespace, metadata.uid, metadata.labels['KEY'] or"
                + " metadata.annotations['KEY']; of variables also spec.nodeName, spec.serviceAccountName, status.hostIP,"
                + " status.hostIPs, status.podIP and status.podIPs; of files also metadata.labels and"
                + " metadata.annotations.")
        @Sample("status.podIP")
        String fieldPath) {
    private static final Set<String> BOTH = Set.of("metadata.name", "metadata.namespace", "metadata.uid");
    private static final Set<String> VARIABLES = Set.of(
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final Set<String> FILES = Set.of("metadata.labels", "metadata.annotations");
    private static final Pattern ONE_OF_MANY =
            Pattern.compile("metadata\\.(labels|annotations)\\['([A-Za-z0-9][-A-Za-z0-9_./]*)'\\]");

    public FieldRef {
        Require.present("fieldPath", fieldPath);
        Require.that(
                BOTH.contains(fieldPath)
                        || VARIABLES.contains(fieldPath)
                        || FILES.contains(fieldPath)
                        || ONE_OF_MANY.matcher(fieldPath).matches(),
                "fieldPath",
                "%s is no field that a pod is told".formatted(Plain.quoted(fieldPath)),
                "write such as metadata.name, metadata.labels['app'], spec.nodeName or status.podIP");
    }

    /** A path such as {@code status.podIP}. */
    @Shorthand
    public static FieldRef path(String fieldPath) {
        return new FieldRef(fieldPath);
    }

    /** Refuses, at {@code key}, a field that no variable can have. */
    void asVariable(String key) {
        Require.that(
                !FILES.contains(fieldPath),
                key,
                "\"%s\" are many, and a variable has one value".formatted(fieldPath),
                "write %s['KEY'], or mount a volume of type downwardAPI".formatted(fieldPath));
    }

    /** Refuses, at {@code key}, a field that no file can have. */
    void asFile(String key) {
        Require.that(
                !VARIABLES.contains(fieldPath),
                key,
                "\"%s\" is given as a variable alone".formatted(fieldPath),
                "write it in env, or take a field of metadata");
    }
}
