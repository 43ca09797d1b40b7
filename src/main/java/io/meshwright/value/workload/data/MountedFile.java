package io.meshwright.value.workload.data;

import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Require;
import io.meshwright.value.Shorthand;
import io.meshwright.value.delivery.BesideBinary;
import io.meshwright.value.delivery.BesideFile;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One file that a container reads: what stands in it, or the file of the repository that it is. */
@Doc("What stands in the file; or from: a path from the folder of this file, such as files/nginx.conf; or binary: the"
        + " path of a file that is no text.")
public record MountedFile(
        @Nullable @Doc("What stands in it.") String text,

        @Nullable @Doc("Path of a text file from the folder of this file.")
        BesideFile from,

        @Nullable @Doc("Path of a file that is no text, from the folder of this file.")
        BesideBinary binary) {
    private static final int LONGEST = 1 << 20; // etcd's bound on a ConfigMap

    public MountedFile {
        Require.that(
                Stream.of(text, from, binary).filter(Objects::nonNull).count() == 1,
                "",
                "is not exactly one of text, from and binary",
                "give one of them");
        String content = content(text, from);
        String key = binary != null ? "binary" : text == null ? "from" : "text";
        Require.that(
                size(content, binary) < LONGEST,
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
        return new MountedFile(text, null, null);
    }

    /** All that stands in it; empty where it is no text. */
    public String content() {
        return content(text, from);
    }

    /** True if it is no text. */
    public boolean isBinary() {
        return binary != null;
    }

    /** Number of its bytes. */
    public int size() {
        return size(content(), binary);
    }

    private static String content(@Nullable String text, @Nullable BesideFile from) {
        return from == null ? Objects.requireNonNullElse(text, "") : from.text();
    }

    private static int size(String content, @Nullable BesideBinary binary) {
        return binary == null ? content.getBytes(StandardCharsets.UTF_8).length : binary.size();
    }
}
