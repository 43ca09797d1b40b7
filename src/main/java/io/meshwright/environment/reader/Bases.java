package io.meshwright.environment.reader;

import java.util.List;
import java.util.Optional;

/** The place in which a file finds the bases that it extends, and other files that it names. */
@FunctionalInterface
public interface Bases {
    /**
     * The base or other file that {@code file} asks for; empty where there is none.
     *
     * @param asked as it is written in the file
     * @throws io.meshwright.value.InvalidValue for a place from which nothing is read
     */
    Optional<SourceText> find(String file, String asked);

    /**
     * The manifests of the folder that {@code file} asks for, by their names; empty where there is no such folder.
     *
     * @param asked as it is written in the file
     * @throws io.meshwright.value.InvalidValue for a place from which nothing is read
     */
    default Optional<List<SourceText>> folder(String file, String asked) {
        return Optional.empty();
    }

    /** Returns what is written over the file, the later over the earlier. */
    default List<Overlay> overlays() {
        return List.of();
    }

    /** For a file that stands alone. */
    static Bases none() {
        return (file, asked) -> Optional.empty();
    }
}
