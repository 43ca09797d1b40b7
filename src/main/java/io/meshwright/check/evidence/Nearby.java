package io.meshwright.check.evidence;

import io.meshwright.manifest.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Objects that name no namespace are parts of one application where their files lie beside each other; in distant
 * folders they may be applied to different namespaces, or clusters.
 */
public final class Nearby {
    private final Set<String> folders = new TreeSet<>();

    public Nearby(Collection<Manifest> objects) {
        objects.stream().filter(object -> object.namespace().isEmpty()).forEach(object -> folders.add(folder(object)));
    }

    /** True if one of the objects means the same namespace as this one, as far as their files tell. */
    public boolean isTelling(Manifest object) {
        String near = folder(object);
        return object.namespace().isPresent()
                || folders.stream().anyMatch(folder -> folder.equals(near) || folder.startsWith(near.concat("/")));
    }

    /** True if two objects are parts of one application, as far as their namespaces and files tell. */
    public static boolean together(Manifest one, Manifest other) {
        return other.namespace().isPresent() || new Nearby(List.of(other)).isTelling(one);
    }

    /** The folder above that of the file. */
    private static String folder(Manifest object) {
        String file = object.place().file();
        String own = file.substring(0, Math.max(0, file.lastIndexOf('/')));
        return own.contains("/") ? own.substring(0, own.lastIndexOf('/')) : own;
    }
}
