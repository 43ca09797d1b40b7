package io.meshwright.file;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The environment files of one folder by name: {@code homelab} is {@code homelab.yaml}. Beside and below them may be
 * bases, which are no environments; one that would be forgotten without a word is refused.
 */
public final class EnvironmentFiles {
    private static final String SUFFIX = ".yaml";
    private static final String OTHER_SUFFIX = ".yml";
    private static final Pattern KIND = Pattern.compile("(?m)^kind:[ \\t]*[\"']?(\\w+)");
    private static final int DEPTH = 4;
    private static final String IMAGES = "images";

    private final Path directory;
    private final SortedMap<String, Path> files;
    private final List<Path> forgotten;

    private EnvironmentFiles(Path directory, SortedMap<String, Path> files, List<Path> forgotten) {
        this.directory = directory;
        this.files = files;
        this.forgotten = List.copyOf(forgotten);
    }

    /**
     * Lists a folder; one that does not exist holds no files.
     *
     * @throws IOException when it cannot be listed
     */
    public static EnvironmentFiles in(Path directory) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        List<Path> forgotten = new ArrayList<>();
        for (Path file : written(directory)) {
            String name = file.getFileName().toString();
            boolean beside = directory.equals(file.getParent());
            if (beside && isEnvironment(file)) {
                if (!isOfKind("EnvironmentBase", file)) {
                    files.put(name.substring(0, name.length() - SUFFIX.length()), file);
                }
            } else if (beside || isOfImages(directory, file) || isOfKind("Environment", file)) {
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
        try (Stream<Path> all = Files.walk(directory, DEPTH)) {
            return all.filter(file -> isEnvironment(file) || file.toString().endsWith(OTHER_SUFFIX))
                    .filter(file -> !isHidden(directory, file) && !Files.isDirectory(file))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isHidden(Path directory, Path file) {
        return IntStream.range(directory.getNameCount(), file.getNameCount())
                .anyMatch(i -> file.getName(i).toString().startsWith("."));
    }

    /** Images for an environment that there is not. */
    private static boolean isOfImages(Path directory, Path file) {
        return directory.resolve(IMAGES).equals(file.getParent())
                && !Files.exists(directory.resolve(file.getFileName()));
    }

    private static boolean isOfKind(String kind, Path file) throws IOException {
        Matcher matcher = KIND.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        return matcher.find() && matcher.group(1).equals(kind);
    }

    /** True if a file of the folder describes an environment, by its name. */
    public static boolean isEnvironment(Path file) {
        return file.toString().endsWith(SUFFIX);
    }

    /** Names of all environments. */
    public Set<String> names() {
        return files.keySet();
    }

    /** Those that were asked for, or all when none was. */
    public List<Path> chosen(Collection<String> names) {
        return names.isEmpty()
                ? List.copyOf(files.values())
                : files.keySet().stream()
                        .filter(names::contains)
                        .map(files::get)
                        .toList();
    }

    /** Why the names cannot all be served, in lines for a person. */
    public List<String> problems(Collection<String> names) {
        List<String> problems = new ArrayList<>();
        forgotten.forEach(file -> problems.add(forgotten(file)));
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

    private String forgotten(Path file) {
        Path beside = directory.resolve(file.getFileName());
        if (directory.resolve(IMAGES).equals(file.getParent())) {
            return "%s: there is no environment %s; call it after one that there is, or remove it"
                    .formatted(file, beside);
        }
        return isEnvironment(file)
                ? "%s: no environment is read in a folder below; move it to %s, or make it a base (kind:"
                        .concat(" EnvironmentBase)")
                        .formatted(file, beside)
                : "%s: only files that end in .yaml are read; rename it to %s"
                        .formatted(file, file.toString().replaceFirst("yml$", "yaml"));
    }
}
