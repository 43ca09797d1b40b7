package io.meshwright.house.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The checkout that the tests run in: its environments and what was synthesized from them. */
public final class Repository {
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    public static final Path ENVIRONMENTS = ROOT.resolve("environments");
    public static final Path DIST = ROOT.resolve("dist");

    private Repository() {}

    /** Names of the environments, in order. */
    public static List<String> environments() {
        try (Stream<Path> files = Files.list(ENVIRONMENTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Texts of all files below a folder, by relative path. */
    public static SortedMap<String, String> files(Path folder) {
        var files = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
