package io.meshwright.cli;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.ParsedFiles;
import io.meshwright.manifest.Reading;
import io.meshwright.output.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The manifests of a command line: all paths make one mesh, except that each environment of a dist is a mesh of its
 * own.
 */
final class AskedMeshes {
    private final AskedManifests asked;
    private final ParsedFiles known;

    AskedMeshes(AskedManifests asked) {
        this(asked, ParsedFiles.none());
    }

    /** With files that need not be parsed. */
    AskedMeshes(AskedManifests asked, ParsedFiles known) {
        this.asked = asked;
        this.known = known;
    }

    /** One reading for each mesh. */
    List<Reading> read(List<String> paths) throws IOException {
        List<Reading> readings = new ArrayList<>();
        ManifestReader together = asked.reader(known);
        boolean any = false;
        for (String path : paths) {
            List<Path> environments = environments(path);
            for (Path environment : environments) {
                readings.add(stacks(environment));
            }
            if (environments.isEmpty()) {
                any = true;
                asked.read(together, path);
            }
        }
        asked.refuseIdleBinary();
        if (any) {
            readings.add(together.read());
        }
        return readings;
    }

    /** The folder itself or those in it that hold an inventory, which only a synth writes. */
    static List<Path> environments(String asked) throws IOException {
        if (!AskedManifests.exists(asked)) {
            return List.of();
        }
        Path path = AskedManifests.fromHere(asked);
        return Files.exists(path.resolve(Distribution.INVENTORY))
                ? List.of(path)
                : children(path).stream()
                        .filter(child -> Files.exists(child.resolve(Distribution.INVENTORY)))
                        .toList();
    }

    private Reading stacks(Path environment) throws IOException {
        ManifestReader reader = asked.reader(known);
        children(environment).stream()
                .filter(child -> !child.endsWith(Distribution.INVENTORY))
                .forEach(reader::path);
        return reader.read();
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
