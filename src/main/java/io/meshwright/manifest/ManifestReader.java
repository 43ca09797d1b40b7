package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Collects the objects of files, folders, streams and texts; it never throws for what is written in them. */
public final class ManifestReader {
    private static final int LARGEST_FILE = 64 << 20;

    private record Entry(Document document, Optional<String> constructPath) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private final Predicate<Path> admitted;

    /** Reads whatever it is given. */
    public ManifestReader() {
        this(any -> true);
    }

    /**
     * Reads files and folders only where they are admitted, so that no link leads elsewhere.
     *
     * @param admitted asked for the real path of each, once
     */
    public ManifestReader(Predicate<Path> admitted) {
        this.admitted = admitted;
    }

    /** Reads one text: its objects, and all in it that cannot be read. */
    public static Reading of(String name, String text) {
        return new ManifestReader().text(name, text).read();
    }

    /**
     * The value of a text that is YAML inside YAML, such as Helm values in a ConfigMap; empty when it is broken or says
     * nothing.
     */
    public static Optional<JsonNode> value(String text) {
        List<Unreadable> flaws = new ArrayList<>();
        List<Document.Root> roots = new Document("", text, 1).roots(flaws::add);
        return roots.stream()
                .map(Document.Root::body)
                .filter(body -> !body.isNull())
                .findFirst();
    }

    /** A file, or every YAML and JSON file of a folder and the folders below it that are not hidden; each file once. */
    public ManifestReader path(Path path) {
        new Folder(unreadable::add, admitted)
                .files(path).parallelStream()
                        .map(file -> new ManifestReader(admitted).file(file))
                        .toList()
                        .forEach(this::add);
        return this;
    }

    /** A stream such as standard input, under the name that its places carry. */
    public ManifestReader stream(String name, InputStream stream) {
        try {
            byte[] bytes = stream.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                unreadable.add(new Unreadable(
                        Place.of(name),
                        Unreadable.Flaw.SIZE,
                        "file: is larger than %d MiB; split it".formatted(LARGEST_FILE >> 20)));
            } else {
                Decoder.text(name, bytes, unreadable::add).ifPresent(text -> text(name, text));
            }
        } catch (IOException broken) {
            unreadable.add(Folder.unreachable(name));
        }
        return this;
    }

    /** A text in memory, under the name that its places carry. */
    public ManifestReader text(String name, String text) {
        return text(name, text, Optional.empty());
    }

    /** A text in memory whose objects were made by one construct. */
    public ManifestReader text(String name, String text, String constructPath) {
        return text(name, text, Optional.of(constructPath));
    }

    private ManifestReader text(String name, String text, Optional<String> constructPath) {
        DocumentSplitter.documents(name, text).forEach(document -> entries.add(new Entry(document, constructPath)));
        return this;
    }

    private ManifestReader file(Path file) {
        String name = file.toString().replace('\\', '/');
        try {
            Path real = file.toRealPath();
            seen.add(real);
            if (admitted.test(real)) {
                // By its real path, so that a link that is turned meanwhile leads nowhere else.
                try (InputStream stream = Files.newInputStream(real)) {
                    stream(name, stream);
                }
            } else {
                unreadable.add(Folder.elsewhere(name));
            }
        } catch (IOException broken) {
            unreadable.add(Folder.unreachable(name));
        }
        return this;
    }

    /** Takes over what another has collected, unless it comes from files seen before. */
    private void add(ManifestReader other) {
        if (other.seen.isEmpty() || seen.addAll(other.seen)) {
            entries.addAll(other.entries);
            unreadable.addAll(other.unreadable);
        }
    }

    /** Everything collected so far; the documents are parsed here, on all processors. */
    public Reading read() {
        List<ObjectExtractor> extractors = entries.parallelStream()
                .map(entry -> new ObjectExtractor(entry.constructPath()).extract(entry.document()))
                .toList();
        List<Manifest> manifests = extractors.stream()
                .flatMap(extractor -> extractor.manifests().stream())
                .toList();
        Stream<Unreadable> flaws = Stream.concat(
                unreadable.stream(), extractors.stream().flatMap(extractor -> extractor.unreadable().stream()));
        Kustomizations kustomizations = Kustomizations.of(manifests);
        Reading reading = kustomizations.without(
                manifests, flaws.sorted().filter(new OncePerFile()).toList());
        return kustomizations.isEmpty()
                ? reading
                : new Reading(
                        Manifests.of(new KustomizeBuild(reading.manifests().all(), this::documents).built()),
                        reading.unreadable());
    }

    /** The documents of a file, by its normal path. */
    private List<JsonNode> documents(String file) {
        return entries.stream()
                .map(Entry::document)
                .filter(document -> document.isOf(file))
                .flatMap(document -> document.roots(flaw -> {}).stream())
                .map(Document.Root::body)
                .filter(body -> !body.isNull())
                .toList();
    }
}
