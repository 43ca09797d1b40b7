package io.meshwright.check.evidence;

import io.meshwright.manifest.Manifest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Objects that name no namespace are parts of one application where their files lie beside each other; in distant
 * folders they may be applied to different namespaces, or clusters.
 */
public final class Nearby {
    /** Beginnings of folders of which each is for a cluster, or an environment, of its own. */
    private static final Pattern APART = Pattern.compile(
            "cluster.*|(prod|production|prd|live|staging|stage|stg|dev|develop|development|test|testing|qa|uat|preprod"
                    + "|sandbox|local)([-_.].*)?");

    /** A folder of such folders, whatever these are called. */
    private static final Pattern COLLECTION = Pattern.compile("clusters|environments|envs|overlays|sites|regions");

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
        return !isVariant(own(one), own(other))
                && (other.namespace().isPresent() || new Nearby(List.of(other)).isTelling(one));
    }

    /**
     * Folders that part at names such as {@code cluster1} and {@code cluster2}, or {@code prod} and {@code staging},
     * are of two clusters.
     */
    private static boolean isOtherCluster(String one, String other) {
        return parted(one, other).filter(Parting::areBothApart).isPresent();
    }

    /** One folder for an environment beside others is in their place there. */
    private static boolean isVariant(String one, String other) {
        return parted(one, other).filter(Parting::isOneApart).isPresent();
    }

    /** The folders at which two paths part; none if one lies in the other. */
    private static Optional<Parting> parted(String one, String other) {
        String[] ones = one.split("/");
        String[] others = other.split("/");
        int parted = Arrays.mismatch(ones, others);
        return parted >= 0 && parted < Math.min(ones.length, others.length)
                ? Optional.of(new Parting(parted == 0 ? "" : ones[parted - 1], ones[parted], others[parted]))
                : Optional.empty();
    }

    /** Two folders beside each other in a third. */
    private record Parting(String above, String one, String other) {
        boolean areBothApart() {
            return COLLECTION.matcher(above).matches()
                    || APART.matcher(one).matches() && APART.matcher(other).matches();
        }

        boolean isOneApart() {
            return COLLECTION.matcher(above).matches()
                    || APART.matcher(one).matches()
                    || APART.matcher(other).matches();
        }
    }

    private static String own(Manifest object) {
        String file = object.place().file();
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    private static String above(String folder) {
        return folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/')) : folder;
    }
}
