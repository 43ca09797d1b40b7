package io.meshwright.output;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Path of one object's manifest below its environment's folder: {@code <stack>/<kind>.<namespace>.<name>.yaml}; or of
 * the values of a Helm release, which are no object and end in {@code .values}.
 */
public record ManifestPath(String stack, String file) implements Comparable<ManifestPath> {
    // One folder deep and never starting with a dot: what an inventory lists can neither climb out of its folder nor
    // name ours.
    private static final Pattern STACK = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern FILE = Pattern.compile("[a-z0-9]+\\.[A-Za-z0-9._%-]+\\.(yaml|values)");
    private static final int LONGEST_FILE_NAME = 255; // bytes; ext4, xfs, APFS and NTFS agree

    /** @throws IllegalArgumentException for a stack or file name that cannot stand in dist */
    public ManifestPath {
        if (!STACK.matcher(stack).matches()) {
            throw new IllegalArgumentException(
                    "stack: \"%s\" is not a folder of dist; use lower-case letters, digits and dashes"
                            .formatted(stack));
        }
        if (!FILE.matcher(file).matches()) {
            throw new IllegalArgumentException(
                    "file: \"%s\" is not a manifest's name; write kind.namespace.name.yaml or kind.name.yaml"
                            .formatted(file));
        }
        if (file.length() > LONGEST_FILE_NAME) {
            throw new IllegalArgumentException(
                    "name: \"%s\" makes a file name of %d bytes and file systems hold %d; shorten it"
                            .formatted(file, file.length(), LONGEST_FILE_NAME));
        }
    }

    public static ManifestPath namespaced(String stack, String kind, String namespace, String name) {
        return new ManifestPath(stack, "%s.%s.%s.yaml".formatted(lower(kind), escaped(namespace), escaped(name)));
    }

    public static ManifestPath clusterScoped(String stack, String kind, String name) {
        return new ManifestPath(stack, "%s.%s.yaml".formatted(lower(kind), escaped(name)));
    }

    /** The values of a Helm release. */
    public static ManifestPath values(String stack, String namespace, String name) {
        return new ManifestPath(stack, "helm.%s.%s.values".formatted(escaped(namespace), escaped(name)));
    }

    /** True if it holds an object. */
    public boolean isManifest() {
        return file.endsWith(".yaml");
    }

    /**
     * Reads a path as it stands in an inventory.
     *
     * @throws IllegalArgumentException for text that is not a manifest's path
     */
    @JsonCreator
    public static ManifestPath parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "path: \"%s\" has no stack; write stack/kind.namespace.name.yaml".formatted(text));
        }
        return new ManifestPath(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ManifestPath other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return stack + "/" + file;
    }

    private static String lower(String kind) {
        return kind.toLowerCase(Locale.ROOT);
    }

    // RBAC names may hold a colon, which Windows cannot check out; no Kubernetes name holds a percent sign.
    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("*", "%2A");
    }
}
