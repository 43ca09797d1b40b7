package io.meshwright.mcp.tool;

import io.meshwright.check.report.Told;
import io.meshwright.file.Behind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.output.Distribution;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The folders below which an assistant may have files read; they are fixed when the server starts. */
public final class Roots {
    private static final String DIST = "dist";
    private static final String ENVIRONMENTS = "environments";

    private record Root(Path named, Path real) {}

    private final List<Root> roots;

    private Roots(List<Root> roots) {
        this.roots = roots;
    }

    /**
     * Follows the links of each once and for all.
     *
     * @throws InvalidValue for what is no folder
     * @throws IOException when one cannot be reached
     */
    public static Roots of(List<Path> folders) throws IOException {
        List<Root> roots = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new InvalidValue("--root", "\"%s\" is no folder".formatted(folder), "name one that exists");
            }
            roots.add(new Root(folder, folder.toRealPath()));
        }
        return new Roots(List.copyOf(roots));
    }

    /** The first of them. */
    Path first() {
        return roots.get(0).named();
    }

    /**
     * A file or folder that exists below one of them, wherever links lead.
     *
     * @throws InvalidValue for any other, without telling whether it exists
     */
    Path admitted(String asked) {
        return found(asked)
                .orElseThrow(() -> new InvalidValue(
                        "path",
                        "\"%s\" is no file and no folder below the roots".formatted(asked),
                        "name one that is, as seen from a root"));
    }

    /** The same, or empty. */
    Optional<Path> found(String asked) {
        for (Root root : roots) {
            try {
                Path path = root.named().resolve(asked).normalize();
                if (holds(path.toRealPath())) {
                    return Optional.of(path);
                }
            } catch (IOException | InvalidPathException none) {
                // Another root may have it.
            }
        }
        return Optional.empty();
    }

    /** Tells whether a real path lies in one of them. */
    boolean holds(Path real) {
        return roots.stream().anyMatch(root -> real.startsWith(root.real()));
    }

    /** A reader that reads nothing else, and not without end. */
    ManifestReader reader() {
        return new ManifestReader(new Admission(this));
    }

    /** The folder of an environment. */
    Optional<Path> environment(String name) {
        return Stream.of(Path.of(DIST, name).toString(), name)
                .flatMap(asked -> found(asked).stream())
                .filter(folder -> Files.exists(folder.resolve(Distribution.INVENTORY)))
                .findFirst();
    }

    /**
     * The tellers of findings on the dist of each.
     *
     * @param keys of an environment file, what adds the key to a finding whose construct is known
     */
    List<Behind> projects(Function<Path, UnaryOperator<Told>> keys) {
        return roots.stream()
                .map(Root::named)
                .map(folder -> new Behind(folder.resolve(DIST), folder.resolve(ENVIRONMENTS), keys))
                .toList();
    }

    /** Returns the folders of manifests if nobody names one: the dist of each, or the folder itself. */
    List<Path> manifests() {
        return roots.stream()
                .map(root -> Files.isDirectory(root.named().resolve(DIST))
                        ? root.named().resolve(DIST)
                        : root.named())
                .filter(folder -> found(folder.toAbsolutePath().toString()).isPresent())
                .toList();
    }
}
