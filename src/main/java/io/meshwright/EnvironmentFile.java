package io.meshwright;

import io.meshwright.cli.option.Setting;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Bases;
import io.meshwright.environment.reader.Layers;
import io.meshwright.environment.reader.Overlay;
import io.meshwright.environment.reader.Reading;
import io.meshwright.environment.reader.SourceText;
import io.meshwright.value.InvalidValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An environment file, the bases that it extends and the files that it names as they stood when the run began: what is
 * rendered and what is remembered is the same text.
 */
final class EnvironmentFile implements Bases {
    private static final String IMAGES = "images";

    private final Path path;
    private final byte[] content;
    private final Path repository;
    private final SortedMap<String, Optional<byte[]>> bases = new TreeMap<>();

    private final Set<String> folders = new TreeSet<>();

    private final List<Overlay> overlays = new ArrayList<>();

    private EnvironmentFile(Path path, byte[] content) {
        this.path = path;
        this.content = content;
        this.repository = repository(path.toAbsolutePath().normalize());
    }

    static EnvironmentFile read(Path path) throws IOException {
        return read(path, List.of());
    }

    /** @param settings of the command line, each as {@code key=value} */
    static EnvironmentFile read(Path path, List<Setting> settings) throws IOException {
        return read(path, Files.readAllBytes(path), settings);
    }

    /** One as if it held this, beside its bases. */
    static EnvironmentFile holding(Path path, byte[] content) throws IOException {
        return read(path, content, List.of());
    }

    private static EnvironmentFile read(Path path, byte[] content, List<Setting> settings) throws IOException {
        EnvironmentFile file = new EnvironmentFile(path, content);
        file.gather(path, file.content);
        Path images = path.resolveSibling(IMAGES).resolve(path.getFileName());
        if (Files.isRegularFile(images)) {
            file.overlays.add(new Overlay(
                    SourceText.of(images.toString(), Files.readAllBytes(images)), EnvironmentFile::image, 2));
        }
        settings.forEach(setting -> file.overlays.add(new Overlay(
                SourceText.of(Setting.OPTION, setting.content().getBytes(StandardCharsets.UTF_8)),
                key -> setting.steps(),
                0)));
        return file;
    }

    private static List<String> image(String service) {
        return List.of("services", service, "container", "image");
    }

    Path path() {
        return path;
    }

    /** All that the environment is made of: the file itself, and each base with its name. */
    byte[] content() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(content);
        bases.forEach((name, base) -> {
            all.writeBytes("\0%s\0%d\0"
                    .formatted(name, base.map(text -> text.length).orElse(-1))
                    .getBytes(StandardCharsets.UTF_8));
            base.ifPresent(all::writeBytes);
        });
        overlays.stream().map(Overlay::text).forEach(text -> {
            all.writeBytes(
                    "\0%s\0%d\0".formatted(text.name(), text.content().length).getBytes(StandardCharsets.UTF_8));
            all.writeBytes(text.content());
        });
        return all.toByteArray();
    }

    /** Names of the other files that it is made of, bases first; none where it stands alone. */
    List<String> others() {
        return Stream.concat(
                        bases.keySet().stream(),
                        overlays.stream().map(overlay -> overlay.text().name()))
                .distinct()
                .toList();
    }

    /** The environment that it describes, or what is wrong with it. */
    Reading<Environment> reading() {
        return EnvironmentReader.read(path.toString(), content, this);
    }

    @Override
    public Optional<SourceText> find(String file, String asked) {
        Path place = place(Path.of(file), asked);
        return place.equals(path.normalize())
                ? Optional.of(SourceText.of(path.toString(), content))
                : bases.getOrDefault(place.toString(), Optional.empty())
                        .map(text -> SourceText.of(place.toString(), text));
    }

    @Override
    public List<Overlay> overlays() {
        return List.copyOf(overlays);
    }

    private void gather(Path file, byte[] text) throws IOException {
        SourceText source = SourceText.of(file.toString(), text);
        for (String asked : source.folders()) {
            Optional<Path> folder = allowed(file, asked);
            if (folder.isPresent()) {
                gatherFolder(folder.get());
            }
        }
        for (String asked : source.files()) {
            Optional<Path> named = allowed(file, asked);
            if (named.isPresent()) {
                bases.putIfAbsent(named.get().toString(), content(named.get()));
            }
        }
        for (String asked : Layers.asked(text)) {
            Optional<Path> base = allowed(file, asked);
            if (base.isPresent()
                    && !base.get().equals(path.normalize())
                    && !bases.containsKey(base.get().toString())) {
                Optional<byte[]> found = content(base.get());
                bases.put(base.get().toString(), found);
                if (found.isPresent()) {
                    gather(base.get(), found.get());
                }
            }
        }
    }

    /** Every manifest of a folder and of those below it, so that a new one is a change too. */
    private void gatherFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        folders.add(folder.toString());
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path file : below.filter(EnvironmentFile::isManifest).sorted().toList()) {
                if (isInside(file.toAbsolutePath().normalize())) {
                    bases.putIfAbsent(file.toString(), content(file));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause(); // a folder below that nobody may read
        }
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && name.matches(".*\\.(yaml|yml|json)");
    }

    @Override
    public Optional<List<SourceText>> folder(String file, String asked) {
        Path place = place(Path.of(file), asked);
        return folders.contains(place.toString())
                ? Optional.of(bases.entrySet().stream()
                        .filter(entry -> Path.of(entry.getKey()).startsWith(place))
                        .flatMap(entry -> entry.getValue().stream().map(text -> SourceText.of(entry.getKey(), text)))
                        .toList())
                : Optional.empty();
    }

    private static Optional<byte[]> content(Path file) throws IOException {
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    private Optional<Path> allowed(Path file, String asked) {
        try {
            return Optional.of(place(file, asked));
        } catch (InvalidValue refusal) {
            return Optional.empty(); // told when the file is read
        }
    }

    private Path place(Path file, String asked) {
        try {
            Path place = file.resolveSibling(asked).normalize();
            boolean inside = !Path.of(asked).isAbsolute()
                    && isInside(place.toAbsolutePath().normalize());
            if (inside) {
                return place;
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw new InvalidValue("", "is outside the repository", "keep it beside or below the environments");
    }

    /** Also where a symbolic link leads. */
    private boolean isInside(Path place) {
        try {
            return place.startsWith(repository)
                    && (!Files.exists(place) || place.toRealPath().startsWith(repository.toRealPath()));
        } catch (IOException e) {
            return false;
        }
    }

    /** The closest folder above with a Git repository, else the one that holds the folder of the environments. */
    private static Path repository(Path file) {
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        for (Path above = folder; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(".git"))) {
                return above;
            }
        }
        return Optional.ofNullable(folder.getParent()).orElse(folder);
    }
}
