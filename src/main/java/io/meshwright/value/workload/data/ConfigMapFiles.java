package io.meshwright.value.workload.data;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Shorthand;
import io.meshwright.value.pod.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of a ConfigMap as files. */
@Doc("Keys of a ConfigMap of the namespace as files: its name alone, or which ones and how.")
public record ConfigMapFiles(
        @Required @Doc("Name of the ConfigMap.") ObjectName name,

        @Defaulted @Doc("Which keys are files, and where; default: each is a file of its name.")
        List<KeyFile> items,

        @Nullable @Doc("Permissions of the files, in quotes, such as \"0440\"; default: Kubernetes' 0644.")
        FileMode defaultMode,

        @Defaulted
        @Doc("true: without the ConfigMap or a key of items the pod starts without these files; default false, and it"
                + " waits.")
        Boolean optional) {
    public ConfigMapFiles {
        Require.present("name", name);
        items = items == null ? List.of() : List.copyOf(items);
        KeyFile.apart(items.stream().map(KeyFile::path).toList());
        optional = optional != null && optional;
    }

    /** All keys, each as a file of its name. */
    @Shorthand
    public static ConfigMapFiles of(ObjectName name) {
        return new ConfigMapFiles(name, null, null, null);
    }
}
