package io.meshwright.manifest;

import io.meshwright.manifest.Unreadable.Flaw;
import io.meshwright.manifest.packed.Texts;
import io.meshwright.manifest.packed.Unpacker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads what {@link ParsedFile#packed} wrote of a file of that name and those bytes. */
final class PackedFile {
    private static final Flaw[] FLAWS = Flaw.values();

    private final String name;
    private final byte[] bytes;
    private final Unpacker from;
    private final FileText text;

    private PackedFile(String name, byte[] bytes, Unpacker from) {
        this.name = name;
        this.bytes = bytes;
        this.from = from;
        this.text = new FileText(name, bytes);
    }

    static ParsedFile unpacked(String name, String digest, byte[] bytes, byte[] packed, Texts texts) {
        return new PackedFile(name, bytes, new Unpacker(packed, texts)).file(digest, packed);
    }

    private ParsedFile file(String digest, byte[] packed) {
        List<Unreadable> flaws = flaws();
        int size = from.number();
        List<ReadDocument> documents =
                IntStream.range(0, size).mapToObj(this::document).toList();
        return new ParsedFile(name, digest, bytes.length, flaws, documents, packed);
    }

    private List<Unreadable> flaws() {
        List<Unreadable> flaws = new ArrayList<>();
        for (int rest = from.number(); rest > 0; rest--) {
            flaws.add(new Unreadable(place(), FLAWS[from.number()], from.text()));
        }
        return flaws;
    }

    private Place place() {
        return new Place(name, from.number(), from.number());
    }

    private ReadDocument document(int index) {
        Document document = new Document(name, () -> text.document(index), from.number());
        List<Unreadable> flaws = flaws();
        List<Manifest> manifests = new ArrayList<>();
        for (int rest = from.number(); rest > 0; rest--) {
            Manifest.Origin origin = new Manifest.Origin(document, from.number(), from.text(), place());
            manifests.add(new Manifest(origin, from.text(), from.text(), from.value(), Optional.empty()));
        }
        return new ReadDocument(document, ObjectExtractor.known(manifests, flaws));
    }
}
