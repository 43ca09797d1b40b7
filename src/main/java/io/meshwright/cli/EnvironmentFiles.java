package io.meshwright.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The environment files of one folder by name: {@code homelab} is {@code homelab.yaml}. Beside and below them may be
 * bases, which are no environments; any other YAML file would be forgotten without a word, and is refused.
 */
final class EnvironmentFiles {
    private static final String SUFFIX = ".yaml";
    private static final String OTHER_SUFFIX = ".yml";
    private static final Pattern BASE = Pattern.compile("(?m)^kind:[ \\t]*[\"']?EnvironmentBase\\b");

    private final Path directory;
    private final SortedMap<String, Path> files;
    private final List<Path> forgotten;

    private EnvironmentFiles(Path directory, SortedMap<String, Path> files, List<Path> forgotten) {
        this.directory = directory;
        this.files = files;
        this.forgotten = List.copyOf(forgotten);
    }

    /** @throws IOException when the folder cannot be listed; one that does not exist holds no files */
    static EnvironmentFiles in(Path directory) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        List<Path> forgotten = new ArrayList<>();
        for (Path file : written(directory)) {
            String name = file.getFileName().toString();
            if (isBase(file) || isOfImages(directory, file)) {
                continue;
            }
            if (isEnvironment(file) && directory.equals(file.getParent())) {
                files.put(name.substring(0, name.length() - SUFFIX.length()), file);
            } else {
                forgotten.add(file);
            }
        }
        return new EnvironmentFiles(directory, files, forgotten);
    }

    /** Files that hold YAML by their names, also in folders below; what an editor or a tool hides is nobody's. */
    private static List<Path> written(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> isEnvironment(file) || file.toString().endsWith(OTHER_SUFFIX))
                    .filter(file -> !isHidden(directory.relativize(file)) && !Files.isDirectory(file))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isHidden(Path relative) {
        return relative.getNameCount() > 0
                && Stream.iterate(0, i -> i < relative.getNameCount(), i -> i + 1)
                        .anyMatch(i -> relative.getName(i).toString().startsWith("."));
    }

    /** Images that CI writes for an environment of the same name. */
    private static boolean isOfImages(Path directory, Path file) {
        return directory.resolve("images").equals(file.getParent())
                && Files.exists(directory.resolve(file.getFileName()));
    }

    private static boolean isBase(Path file) throws IOException {
        return BASE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find();
    }

    /** Whether a file of the folder describes an environment, by its name. */
    static boolean isEnvironment(Path file) {
        return file.toString().endsWith(SUFFIX);
    }

    /** Names of all environments. */
    Set<String> names() {
        return files.keySet();
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
        forgotten.forEach(file -> problems.add(
                isEnvironment(file)
                        ? "%s: no environment is read in a folder below; move it to %s, or make it a base (kind: EnvironmentBase)"
                                .formatted(file, directory.resolve(file.getFileName()))
                        : "%s: only files that end in .yaml are read; rename it to %s"
                                .formatted(file, file.toString().replaceFirst("yml$", "yaml"))));
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
