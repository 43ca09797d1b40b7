package io.meshwright.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a folder holds, as a value to compare. */
final class Trees {
    private Trees() {}

    /** Text by relative path; a directory is its path with a slash and no text. */
    static SortedMap<String, String> of(Path root) throws IOException {
        SortedMap<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            paths.forEach(path -> {
                String name = root.relativize(path).toString();
                tree.put(Files.isDirectory(path) ? name + "/" : name, Files.isDirectory(path) ? "" : text(path));
            });
        }
        return tree;
    }

    /** The same without directories: an empty one is nothing, to git and to Argo CD. */
    static SortedMap<String, String> files(Path root) throws IOException {
        SortedMap<String, String> tree = of(root);
        tree.keySet().removeIf(name -> name.endsWith("/"));
        return tree;
    }

    static OutputFile file(String path, String text) {
        return new OutputFile(ManifestPath.parse(path), text, "test/" + path);
    }

    static SortedMap<String, List<OutputFile>> environment(String name, OutputFile... files) {
        return new TreeMap<>(Map.of(name, List.of(files)));
    }

    static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
