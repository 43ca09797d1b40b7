package io.meshwright.cli;

import io.meshwright.check.Checks;
import io.meshwright.manifest.Reading;
import io.meshwright.map.LiveMap;
import io.meshwright.map.serve.MapSource;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.report.RequestTable;
import io.meshwright.value.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The manifests of a command line, read again whenever a file of theirs is another. */
final class ServedManifests implements MapSource {
    private final OneMesh manifests;
    private final List<String> paths;
    private final List<Path> tables;
    private final OneMesh.Words words;
    private final Surroundings surroundings;
    private final Console console;

    ServedManifests(
            OneMesh manifests,
            List<String> paths,
            List<Path> tables,
            OneMesh.Words words,
            Surroundings surroundings,
            Console console) {
        this.tables = tables;
        this.manifests = manifests;
        this.paths = paths;
        this.words = words;
        this.surroundings = surroundings;
        this.console = console;
    }

    /** By names, sizes and times, since it is asked every second. */
    @Override
    public String version() throws IOException {
        StringBuilder files = new StringBuilder();
        List<Path> roots = Stream.concat(manifests.roots(paths, surroundings).stream(), tables.stream())
                .toList();
        for (Path root : roots) {
            try (Stream<Path> below = Files.walk(root)) {
                files.append(below.sorted().map(ServedManifests::look).collect(Collectors.joining("\n")));
            } catch (NoSuchFileException | UncheckedIOException changing) {
                // While it is written anew a part may be missing; the next look sees it.
                files.append(root).append(" is being written\n");
            }
        }
        return Sha256.base64(files.toString());
    }

    private static String look(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return seen.isDirectory()
                    ? file.toString()
                    : "%s %d %s".formatted(file, seen.size(), seen.lastModifiedTime());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public LiveMap read() throws IOException {
        Reading reading = manifests.reading(paths, words, surroundings, console);
        Mesh mesh = manifests.mesh(reading);
        return new LiveMap(
                manifests.title(paths),
                mesh,
                Checks.run(reading, mesh, manifests.version()),
                RequestTable.rows(tables));
    }
}
