package io.meshwright.file;

import io.meshwright.mesh.terms.Source;
import io.meshwright.plan.git.GitFolder;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last change of an object's file, where it lies in a repository of git. */
public final class LastChanges implements AutoCloseable {
    private final @Nullable GitFolder git;
    private final Map<String, Optional<String>> known = new HashMap<>();

    private LastChanges(@Nullable GitFolder git) {
        this.git = git;
    }

    /** Knows nothing where there is no repository. */
    public static LastChanges around(Path home) {
        try {
            return new LastChanges(GitFolder.around(home));
        } catch (IOException | InvalidValue noRepository) {
            return new LastChanges(null);
        }
    }

    public Optional<String> of(Source source) {
        return known.computeIfAbsent(source.place().file(), this::last);
    }

    private Optional<String> last(String file) {
        try {
            return git == null ? Optional.empty() : git.lastChange(Path.of(file));
        } catch (IOException | InvalidValue | InvalidPathException outside) {
            // Of manifests from elsewhere nothing is known.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (git != null) {
            git.close();
        }
    }
}
