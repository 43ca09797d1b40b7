package io.meshwright.file;

import io.meshwright.environment.reader.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Images that are replaced where one environment has them written: in its own file, or in its file of images. What it
 * has from a base, which others share, is written into the file of images.
 */
public final class ImageEdits {
    private static final Pattern BEFORE_VALUE = Pattern.compile("[\"']?[\\w.-]+[\"']?\\s*:\\s*[\"']?");

    private final Path file;
    private final Path images;
    private final SortedMap<Path, List<String>> texts = new TreeMap<>();
    private final List<String> diff = new ArrayList<>();

    /** @param file of the environment whose images are replaced */
    public ImageEdits(Path file) {
        this.file = file;
        this.images = file.resolveSibling("images").resolve(file.getFileName());
    }

    /** Replaces one image; false where it does not stand behind its key. */
    public boolean replace(String service, Place key, String old, String tried) throws IOException {
        Path written = Path.of(key.file());
        if (!isOwn(key)) {
            add(service, tried);
            return true;
        }
        List<String> lines = lines(written);
        String line = lines.get(key.line() - 1);
        Matcher before = BEFORE_VALUE.matcher(line).region(line.offsetByCodePoints(0, key.column() - 1), line.length());
        if (!before.lookingAt() || !line.startsWith(old, before.end())) {
            return false;
        }
        String changed = line.substring(0, before.end()) + tried + line.substring(before.end() + old.length());
        lines.set(key.line() - 1, changed);
        diff.addAll(List.of("%s:%d".formatted(written, key.line()), "-%s".formatted(line), "+%s".formatted(changed)));
        return true;
    }

    /** True if no other environment has what is written there. */
    public boolean isOwn(Place key) {
        return Stream.of(file, images).anyMatch(Path.of(key.file())::equals);
    }

    private void add(String service, String tried) throws IOException {
        String line = "%s: %s".formatted(service, tried);
        List<String> lines = lines(images);
        lines.add(line);
        diff.addAll(List.of("%s:%d".formatted(images, lines.size()), "+%s".formatted(line)));
    }

    public boolean areNone() {
        return texts.isEmpty();
    }

    /** Each changed file with its new text. */
    public SortedMap<Path, String> files() {
        SortedMap<Path, String> files = new TreeMap<>();
        texts.forEach((written, lines) -> files.put(written, String.join("\n", lines) + "\n"));
        return files;
    }

    /** The changed lines, with the place of each, as a difference writes them. */
    public List<String> changes() {
        return List.copyOf(diff);
    }

    private List<String> lines(Path written) throws IOException {
        List<String> known = texts.get(written);
        if (known == null) {
            known = Files.exists(written) ? new ArrayList<>(Files.readAllLines(written)) : new ArrayList<>();
            texts.put(written, known);
        }
        return known;
    }
}
