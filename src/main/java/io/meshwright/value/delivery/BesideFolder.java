package io.meshwright.value.delivery;

import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The manifests of a folder of the repository, which an environment file names by its path, as they stood when they
 * were read.
 *
 * @param path as it is written, from the folder of the file that names it
 * @param objects in the order of the files' names, and in each file's own
 */
@Doc("Path of a folder of manifests from the folder of this file, inside the repository.")
@Sample("manifests")
public record BesideFolder(@Required String path, @Required List<RawObject> objects) {
    public BesideFolder {
        Require.present("path", path);
        objects = List.copyOf(Require.present("objects", objects));
    }

    /** The last segment of its path. */
    public String name() {
        String[] segments = path.split("/+");
        return segments[segments.length - 1];
    }

    /**
     * One object as its file has it.
     *
     * @param place file and line, as messages call it
     * @param content every key with its value, in the order of the file; what is null is left out
     */
    public record RawObject(
            @Required String place, @Required Map<String, Object> content) {
        public RawObject {
            content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
        }

        public String apiVersion() {
            return String.valueOf(content.get("apiVersion"));
        }

        public String kind() {
            return String.valueOf(content.get("kind"));
        }

        /** A text of its metadata; empty where there is none. */
        public String metadata(String key) {
            return content.get("metadata") instanceof Map<?, ?> metadata && metadata.get(key) instanceof String text
                    ? text
                    : "";
        }

        /** {@code group/Kind}, or the kind alone where its group has no name. */
        public String groupKind() {
            String version = apiVersion();
            return version.contains("/")
                    ? "%s/%s".formatted(version.substring(0, version.indexOf('/')), kind())
                    : kind();
        }

        /** {@code Kind namespace/name}, as messages call it. */
        @Override
        public String toString() {
            String namespace = metadata("namespace");
            return "%s %s%s".formatted(kind(), namespace.isEmpty() ? "" : namespace.concat("/"), metadata("name"));
        }
    }
}
