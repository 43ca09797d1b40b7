package io.meshwright.value.workload;

import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Require;
import io.meshwright.value.Shorthand;
import io.meshwright.value.delivery.BesideFile;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One file that a container reads: what stands in it, or where it lies in the repository. */
@Doc("What stands in the file; or from: a path from the folder of this file, such as files/nginx.conf.")
public record MountedFile(
        @Nullable @Doc("What stands in it.") String text,

        @Nullable @Doc("Path of a text file from the folder of this file.")
        BesideFile from) {
    private static final int LONGEST = 1 << 20; // etcd's bound on a ConfigMap

    public MountedFile {
        Require.that((text == null) != (from == null), "", "is not exactly one of text and from", "give one of them");
        String content = text == null ? Objects.requireNonNull(from).text() : text;
        String key = text == null ? "from" : "text";
        Require.that(
                content.getBytes(StandardCharsets.UTF_8).length < LONGEST,
                key,
                "is longer than a ConfigMap may be, which is a mebibyte",
                "bring it in the image, or on a volume");
        Require.that(
                content.lines().noneMatch(OpenSecrets::isAddressWithPassword),
                key,
                "carries a password in an address, and everybody reads it here",
                "put the file into a Secret, and mount that by pod.volumes");
    }

    @Shorthand
    public static MountedFile of(String text) {
        if (text.isEmpty()) {
            throw new InvalidValue("", "is an empty file", "write what stands in it, or remove it");
        }
        return new MountedFile(text, null);
    }

    /** All that stands in it. */
    public String content() {
        return text == null && from != null ? from.text() : Require.present("text", text);
    }
}
