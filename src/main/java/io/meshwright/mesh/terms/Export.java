package io.meshwright.mesh.terms;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Into which namespaces an object is shown: {@code *} all, {@code .} its own, {@code ~} none, or a namespace by name.
 */
public record Export(String owner, List<String> namespaces, boolean isDefault) {
    private static final String ALL = "*";
    private static final String OWN = ".";
    private static final String NONE = "~";

    /** Reads exportTo, or the mesh's default when nothing is written. */
    public static Export of(JsonNode exportTo, String owner, List<String> meshDefault) {
        List<String> written = Fields.texts(exportTo);
        return of(written, owner, meshDefault);
    }

    public static Export of(List<String> written, String owner, List<String> meshDefault) {
        return new Export(owner, written.isEmpty() ? meshDefault : written, written.isEmpty());
    }

    /** Everywhere. */
    public static Export everywhere(String owner) {
        return new Export(owner, List.of(ALL), true);
    }

    /** In its own namespace only. */
    public static Export own(String owner) {
        return new Export(owner, List.of(OWN), false);
    }

    public boolean reaches(String namespace) {
        return isPublic()
                || !namespaces.contains(NONE)
                        && (namespaces.contains(namespace) || namespaces.contains(OWN) && owner.equals(namespace));
    }

    /** The namespaces that are named, its own included where it means that; empty when nobody sees the object. */
    public Set<String> named() {
        Set<String> named = new TreeSet<>();
        namespaces.stream()
                .filter(name -> !name.equals(NONE) && !name.equals(ALL))
                .forEach(name -> named.add(name.equals(OWN) ? owner : name));
        return named;
    }

    /** True if some namespace sees what is exported so and what is exported like the other. */
    public boolean meets(Export other) {
        Set<String> both = new TreeSet<>(named());
        both.retainAll(other.named());
        return isPublic() && other.isSeen() || other.isPublic() && isSeen() || !both.isEmpty();
    }

    private boolean isSeen() {
        return isPublic() || !named().isEmpty();
    }

    /** The namespaces as written; empty when nothing is. */
    public Set<String> written() {
        return isDefault ? Set.of() : new TreeSet<>(namespaces);
    }

    public boolean isPublic() {
        return namespaces.contains(ALL);
    }

    /** Shown in its own namespace only. */
    public boolean isPrivate() {
        return namespaces.size() == 1 && namespaces.stream().allMatch(to -> to.equals(OWN) || to.equals(owner));
    }
}
