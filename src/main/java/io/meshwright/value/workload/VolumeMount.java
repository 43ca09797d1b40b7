package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import org.jspecify.annotations.Nullable;

/** A volume of the pod at its place in a container. */
@Doc("A volume of the pod at its place in the container.")
public record VolumeMount(
        @Required @Doc("Name of the volume in pod.volumes.") Name name,

        @Required @Doc("Where the container sees it.") @Sample("/data")
        String mountPath,

        @Nullable
        @Doc("One file or folder of it, which stays as it was when the container started; default: all of it.")
        String subPath,

        @Defaulted @Doc("true: the container only reads it; default false.")
        Boolean readOnly) {
    public VolumeMount {
        Require.present("name", name);
        MountPath.check("mountPath", Require.present("mountPath", mountPath));
        Require.that(
                subPath == null || subPath.matches("[^/:]+(/[^/:]+)*") && !subPath.matches("(?s)(.*/)?\\.\\.(/.*)?"),
                "subPath",
                "\"%s\" is no path inside a volume".formatted(subPath),
                "name a file or folder of it without / at its ends and without ..");
        readOnly = readOnly != null && readOnly;
    }
}
