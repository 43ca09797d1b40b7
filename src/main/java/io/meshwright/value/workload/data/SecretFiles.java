package io.meshwright.value.workload.data;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Shorthand;
import io.meshwright.value.pod.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of a Secret as files. */
@Doc("Keys of a Secret of the namespace as files: its name alone, or which ones and how.")
public record SecretFiles(
        @Required @Doc("Name of the Secret.") ObjectName secretName,

        @Defaulted @Doc("Which keys are files, and where; default: each is a file of its name.")
        List<KeyFile> items,

        @Nullable @Doc("Permissions of the files, in quotes, such as \"0440\"; default: Kubernetes' 0644.")
        FileMode defaultMode,

        @Defaulted
        @Doc("true: without the Secret or a key of items the pod starts without these files; default false, and it"
                + " waits.")
        Boolean optional) {
    public SecretFiles {
        Require.present("secretName", secretName);
        items = items == null ? List.of() : List.copyOf(items);
        KeyFile.apart(items.stream().map(KeyFile::path).toList());
        optional = optional != null && optional;
    }

    /** All keys, each as a file of its name. */
    @Shorthand
    public static SecretFiles of(ObjectName secretName) {
        return new SecretFiles(secretName, null, null, null);
    }
}
