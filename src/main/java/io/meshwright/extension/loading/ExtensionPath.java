package io.meshwright.extension.loading;

import io.meshwright.value.InvalidValue;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The places in which extensions are looked for, besides the program's own class path.
 *
 * @param places jars, folders of classes, and folders of jars
 * @param runs whether extensions are run at all; where they are not, no class of theirs is loaded
 */
public record ExtensionPath(List<Path> places, boolean runs) {
    /** The environment variable that names places, as a class path does. */
    public static final String VARIABLE = "MESHWRIGHT_EXTENSIONS";

    /** The option that does. */
    public static final String OPTION = "--extensions";

    public ExtensionPath {
        places = List.copyOf(places);
    }

    /** Of places that are written as a class path is; empty for none. */
    public static ExtensionPath parse(String text) {
        return new ExtensionPath(
                Arrays.stream(text.split(Pattern.quote(File.pathSeparator)))
                        .filter(place -> !place.isBlank())
                        .map(Path::of)
                        .toList(),
                true);
    }

    /** Only those of the program's own class path. */
    public static ExtensionPath ofProgram() {
        return new ExtensionPath(List.of(), true);
    }

    /** The same places, of which nothing is loaded. */
    public ExtensionPath withheld() {
        return new ExtensionPath(places, false);
    }

    /**
     * Returns the entries of a class path that the places make: themselves, and the jars of folders that hold some, in
     * order.
     *
     * @throws InvalidValue where one does not exist
     */
    List<Path> entries() {
        List<Path> entries = new ArrayList<>();
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw new InvalidValue(
                        OPTION,
                        "\"%s\" does not exist".formatted(place),
                        "build it first, or name the jar or folder that has the extension");
            }
            entries.add(place);
            if (Files.isDirectory(place)) {
                entries.addAll(jars(place));
            }
        }
        return entries;
    }

    /** Every file of the places; none of a place that does not exist. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.exists(place)) {
                try (Stream<Path> below = Files.walk(place)) {
                    below.filter(Files::isRegularFile).sorted().forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
