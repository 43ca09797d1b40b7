package io.meshwright.check.evidence;

import io.meshwright.manifest.Manifest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Objects that name no namespace are parts of one application where their files lie beside each other; in distant
 * folders they may be applied to different namespaces, or clusters.
 */
public final class Nearby {
    private static final String CLUSTER = "cluster";

    private final Set<String> folders = new TreeSet<>();

    public Nearby(Collection<Manifest> objects) {
        objects.stream().filter(object -> object.namespace().isEmpty()).forEach(object -> folders.add(own(object)));
    }

    /** True if one of the objects means the same namespace as this one, as far as their files tell. */
    public boolean isTelling(Manifest object) {
        String own = own(object);
        String near = above(own);
        return object.namespace().isPresent()
                || folders.stream()
                        .filter(folder -> !isOtherCluster(own, folder))
                        .map(Nearby::above)
                        .anyMatch(folder -> folder.equals(near) || folder.startsWith(near.concat("/")));
    }

    /** True if two objects are parts of one application, as far as their namespaces and files tell. */
    public static boolean together(Manifest one, Manifest other) {
        return other.namespace().isPresent() || new Nearby(List.of(other)).isTelling(one);
    }

    /** Folders that part at names such as {@code cluster1} and {@code cluster2} are of two clusters. */
    private static boolean isOtherCluster(String one, String other) {
        String[] ones = one.split("/");
        String[] others = other.split("/");
        int parted = Arrays.mismatch(ones, others);
        return parted >= 0
                && parted < Math.min(ones.length, others.length)
                && ones[parted].startsWith(CLUSTER)
                && others[parted].startsWith(CLUSTER);
    }

    private static String own(Manifest object) {
        String file = object.place().file();
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    private static String above(String folder) {
        return folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/')) : folder;
    }
}
