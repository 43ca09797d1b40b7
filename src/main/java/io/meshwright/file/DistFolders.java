package io.meshwright.file;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.output.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders of environments that a synth writes, each of which is a mesh of its own. */
public final class DistFolders {
    private DistFolders() {}

    /**
     * The folder itself, or those in it, that hold an inventory; none where it is no folder of environments.
     *
     * @throws IOException when it cannot be listed
     */
    public static List<Path> environments(Path folder) throws IOException {
        return Files.exists(folder.resolve(Distribution.INVENTORY))
                ? List.of(folder)
                : children(folder).stream()
                        .filter(child -> Files.exists(child.resolve(Distribution.INVENTORY)))
                        .toList();
    }

    /**
     * Hands a reader what the folder of an environment holds, without its inventory.
     *
     * @throws IOException when it cannot be listed
     */
    public static ManifestReader stacks(Path environment, ManifestReader reader) throws IOException {
        children(environment).stream()
                .filter(child -> !child.endsWith(Distribution.INVENTORY))
                .forEach(reader::path);
        return reader;
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
