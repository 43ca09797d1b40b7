package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects the objects of files, folders, streams and texts; it never throws for what is written in them. */
public final class ManifestReader {
    private static final int LARGEST_FILE = 64 << 20;
    private static final String VALUES_FILE = "valuesFile";

    private final ParsedFiles files;
    private final ParsedTexts texts;
    private final List<ReadDocument> entries = new ArrayList<>();
    private final List<ParsedFile> kept = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private final Predicate<Path> admitted;

    /** Reads whatever it is given. */
    public ManifestReader() {
        this(ParsedFiles.none());
    }

    /** Parses no file again that these know, and adds the others to them. */
    public ManifestReader(ParsedFiles files) {
        this(files, ParsedTexts.none(), any -> true);
    }

    /** Parses no text again that another reader has parsed, and shares the bodies of its objects with it. */
    public ManifestReader(ParsedTexts texts) {
        this(ParsedFiles.none(), texts, any -> true);
    }

    /**
     * Reads files and folders only where they are admitted, so that no link leads elsewhere.
     *
     * @param admitted asked for the real path of each, once
     */
    public ManifestReader(Predicate<Path> admitted) {
        this(ParsedFiles.none(), ParsedTexts.none(), admitted);
    }

    private ManifestReader(ParsedFiles files, ParsedTexts texts, Predicate<Path> admitted) {
        this.files = files;
        this.texts = texts;
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
                        .map(file -> new ManifestReader(files, texts, admitted).file(file))
                        .toList()
                        .forEach(this::add);
        return this;
    }

    /** A stream such as standard input, under the name that its places carry. */
    public ManifestReader stream(String name, InputStream stream) {
        try {
            bytes(name, stream.readNBytes(LARGEST_FILE + 1));
        } catch (IOException broken) {
            unreadable.add(Folder.unreachable(name));
        }
        return this;
    }

    private void bytes(String name, byte[] bytes) {
        if (bytes.length > LARGEST_FILE) {
            unreadable.add(new Unreadable(
                    Place.of(name),
                    Unreadable.Flaw.SIZE,
                    "file: is larger than %d MiB; split it".formatted(LARGEST_FILE >> 20)));
        } else {
            Decoder.text(name, bytes, unreadable::add).ifPresent(text -> text(name, text));
        }
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
        DocumentSplitter.documents(name, text)
                .forEach(document -> entries.add(new ReadDocument(document, constructPath, texts)));
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
                    read(name, stream.readNBytes(LARGEST_FILE + 1));
                }
            } else {
                unreadable.add(Folder.elsewhere(name));
            }
        } catch (IOException broken) {
            unreadable.add(Folder.unreachable(name));
        }
        return this;
    }

    private void read(String name, byte[] bytes) {
        if (files.areKept()) {
            known(name, bytes);
        } else {
            bytes(name, bytes);
        }
    }

    private void known(String name, byte[] bytes) {
        String digest = Sha256.of(bytes);
        ParsedFile file = files.find(name, digest, bytes).orElseGet(() -> {
            bytes(name, bytes);
            return new ParsedFile(name, digest, bytes.length, List.copyOf(unreadable), List.copyOf(entries));
        });
        if (file.isKnown()) {
            unreadable.addAll(file.unreadable());
            entries.addAll(file.documents());
        }
        kept.add(file);
    }

    /** Takes over what another has collected, unless it comes from files seen before. */
    private void add(ManifestReader other) {
        if (other.seen.isEmpty() || seen.addAll(other.seen)) {
            entries.addAll(other.entries);
            unreadable.addAll(other.unreadable);
            kept.addAll(other.kept);
        }
    }

    /** Everything collected so far; the documents are parsed here, on all processors. */
    public Reading read() {
        return variants().whole();
    }

    /** The same with all that is written for one cluster or another under one identity. */
    public Variants variants() {
        List<ObjectExtractor> extractors =
                entries.parallelStream().map(ReadDocument::extracted).toList();
        kept.forEach(files::keep);
        List<Manifest> manifests = extractors.stream()
                .flatMap(extractor -> extractor.manifests().stream())
                .map(this::withValues)
                .toList();
        Stream<Unreadable> flaws = ofOthers(
                Stream.concat(
                                unreadable.stream(),
                                extractors.stream().flatMap(extractor -> extractor.unreadable().stream()))
                        .toList(),
                manifests);
        Kustomizations kustomizations = Kustomizations.of(manifests);
        Reading reading = kustomizations.without(
                manifests, flaws.sorted().filter(new OncePerFile()).toList());
        return kustomizations.isEmpty()
                ? DeliveredNamespaces.place(reading.manifests().all(), List.of(), reading.unreadable())
                : new KustomizeBuild(reading.manifests().all(), this::documents).variants(reading.unreadable());
    }

    /**
     * Several objects without apiVersion and none with it are another program's, which reads kinds of its own from a
     * file; of one alone somebody forgot it.
     */
    private static Stream<Unreadable> ofOthers(List<Unreadable> flaws, List<Manifest> manifests) {
        Map<String, Long> lacking = flaws.stream()
                .filter(ObjectExtractor::lacksVersion)
                .collect(Collectors.groupingBy(flaw -> flaw.place().file(), Collectors.counting()));
        if (lacking.isEmpty()) {
            return flaws.stream();
        }
        Set<String> whole =
                manifests.stream().map(manifest -> manifest.place().file()).collect(Collectors.toSet());
        return flaws.stream()
                .map(flaw -> ObjectExtractor.lacksVersion(flaw)
                                && lacking.getOrDefault(flaw.place().file(), 0L) > 1
                                && !whole.contains(flaw.place().file())
                        ? new Unreadable(flaw.place(), Unreadable.Flaw.FOREIGN, ObjectExtractor.NO_OBJECT)
                        : flaw);
    }

    /**
     * A file of helmfile or Kustomize with the values that charts take from files beside it, where these can be read.
     */
    private Manifest withValues(Manifest file) {
        boolean ofHelmfile = file.kind().equals(Kind.HELMFILE);
        boolean ofKustomize = file.kind().equals(Kind.KUSTOMIZATION)
                && file.at("/helmCharts").toString().contains(VALUES_FILE);
        if (!ofHelmfile && !ofKustomize) {
            return file;
        }
        JsonNode body = file.body().deepCopy();
        for (JsonNode installed : Fields.items(body.path(ofHelmfile ? "releases" : "helmCharts"))) {
            if (ofHelmfile && installed.path("values") instanceof ArrayNode values) {
                for (int at = 0; at < values.size(); at++) {
                    int index = at;
                    values(file, values.path(at)).ifPresent(found -> values.set(index, found));
                }
            } else if (ofKustomize && installed instanceof ObjectNode chart) {
                values(file, chart.path(VALUES_FILE)).ifPresent(found -> {
                    ObjectNode inline = chart.path("valuesInline") instanceof ObjectNode written
                            ? written
                            : chart.putObject("valuesInline");
                    KustomizeBuild.fill(inline, found);
                    chart.remove(VALUES_FILE);
                });
            }
        }
        return file.saying(body);
    }

    private Optional<JsonNode> values(Manifest file, JsonNode path) {
        List<JsonNode> found = path.isTextual()
                ? documents(KustomizeBuild.normal("%s/%s".formatted(file.folder(), path.asText())))
                : List.of();
        return found.size() == 1 && found.get(0).isObject() ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The documents of a file, by its normal path. */
    private List<JsonNode> documents(String file) {
        return entries.stream()
                .map(ReadDocument::document)
                .filter(document -> document.isOf(file))
                .flatMap(document -> document.roots(flaw -> {}).stream())
                .map(Document.Root::body)
                .filter(body -> !body.isNull())
                .toList();
    }
}
