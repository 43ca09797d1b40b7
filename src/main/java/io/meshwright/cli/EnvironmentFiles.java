package io.meshwright.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The environment files of one folder by name: {@code homelab} is {@code homelab.yaml}. */
final class EnvironmentFiles {
    private static final String SUFFIX = ".yaml";
    private final Path directory;
    private final SortedMap<String, Path> files;

    private EnvironmentFiles(Path directory, SortedMap<String, Path> files) {
        this.directory = directory;
        this.files = files;
    }

    /** @throws IOException when the folder cannot be listed; one that does not exist holds no files */
    static EnvironmentFiles in(Path directory) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
                for (Path child : children) {
                    String name = child.getFileName().toString();
                    files.put(name.substring(0, name.length() - SUFFIX.length()), child);
                }
            }
        }
        return new EnvironmentFiles(directory, files);
    }

    /** True if a file of the folder describes an environment, by its name. */
    static boolean isEnvironment(Path file) {
        return file.toString().endsWith(SUFFIX);
    }

    /** Those that were asked for, or all when none was. */
    List<Path> chosen(Collection<String> names) {
        return names.isEmpty()
                ? List.copyOf(files.values())
                : files.keySet().stream()
                        .filter(names::contains)
                        .map(files::get)
                        .toList();
    }

    /** Why the names cannot all be served, in lines for a person. */
    List<String> problems(Collection<String> names) {
        List<String> problems = new ArrayList<>();
        if (files.isEmpty()) {
            problems.add(
                    "--environments: \"%s\" holds no environment file; name the folder that does".formatted(directory));
        } else {
            names.stream()
                    .filter(name -> !files.containsKey(name))
                    .forEach(name -> problems.add("--env: \"%s\" has no file in \"%s\"; use one of %s"
                            .formatted(name, directory, String.join(", ", files.keySet()))));
        }
        return problems;
    }
}
