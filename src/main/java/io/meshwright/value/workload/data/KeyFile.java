package io.meshwright.value.workload.data;

import io.meshwright.value.Doc;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One key as a file below the mount. */
@Doc("One key as a file.")
public record KeyFile(
        @Required @Doc("The key, such as ca.crt.") String key,

        @Required @Doc("Path of its file below the mount, such as trust/ca.crt.")
        String path,

        @Nullable @Doc("Permissions of this file, in quotes, such as \"0440\"; default: defaultMode.")
        FileMode mode) {
    public KeyFile {
        DataKey.check("key", Require.present("key", key));
        DataKey.checkPath("path", Require.present("path", path));
    }

    /** Refuses, at {@code items}, two files at one path. */
    static void apart(List<String> paths) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < paths.size(); i++) {
            Require.that(
                    seen.add(paths.get(i)),
                    KeyPath.of("items").index(i).key("path").text(),
                    "%s is the path of another one".formatted(Plain.quoted(paths.get(i))),
                    "give it a path of its own");
        }
    }
}
