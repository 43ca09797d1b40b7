package io.meshwright.manifest;

import io.meshwright.manifest.packed.Packer;
import io.meshwright.manifest.packed.Texts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file with everything that parsing made of it. Name and bytes alone decide that, so it holds as long as the digest
 * is the same.
 */
public final class ParsedFile {
    // Aliases written out may take any number of bytes; then the text is the shorter form.
    private static final int MOST_BYTES_FOR_ONE = 4;
    private static final int SMALLEST_BOUND = 1024;

    private final String name;
    private final String digest;
    private final int length;
    private final List<Unreadable> unreadable;
    private final List<ReadDocument> documents;
    private final byte @Nullable [] packed;

    /** One that was parsed now. */
    ParsedFile(String name, String digest, int length, List<Unreadable> unreadable, List<ReadDocument> documents) {
        this(name, digest, length, unreadable, documents, null);
    }

    /** One that was parsed before and packed so. */
    ParsedFile(
            String name,
            String digest,
            int length,
            List<Unreadable> unreadable,
            List<ReadDocument> documents,
            byte @Nullable [] packed) {
        this.name = name;
        this.digest = digest;
        this.length = length;
        this.unreadable = unreadable;
        this.documents = documents;
        this.packed = packed;
    }

    public String name() {
        return name;
    }

    String digest() {
        return digest;
    }

    /** True if an earlier run has parsed it. */
    public boolean isKnown() {
        return packed != null;
    }

    /** Its objects in the order in which they are written. */
    public List<Manifest> manifests() {
        return documents.stream()
                .flatMap(document -> document.extracted().manifests().stream())
                .toList();
    }

    /** Returns the flaws of the file as a whole. */
    List<Unreadable> unreadable() {
        return unreadable;
    }

    List<ReadDocument> documents() {
        return documents;
    }

    /** In few bytes, those that are there if their table is the same; empty if they would be more than the text has. */
    Optional<byte[]> packed(Texts texts, boolean same) {
        if (same && packed != null) {
            return Optional.of(packed);
        }
        Packer to = new Packer(texts);
        pack(unreadable, to);
        to.number(documents.size());
        documents.forEach(document -> pack(document, to));
        return Optional.of(to.bytes()).filter(bytes -> bytes.length <= SMALLEST_BOUND + MOST_BYTES_FOR_ONE * length);
    }

    @SuppressWarnings("EnumOrdinal") // only the program that wrote it reads it
    private static void pack(List<Unreadable> flaws, Packer to) {
        to.number(flaws.size());
        flaws.forEach(flaw -> {
            pack(flaw.place(), to);
            to.number(flaw.flaw().ordinal()).text(flaw.message());
        });
    }

    private static void pack(Place place, Packer to) {
        to.number(place.line()).number(place.column());
    }

    private static void pack(ReadDocument document, Packer to) {
        ObjectExtractor extracted = document.extracted();
        to.number(document.document().firstLine());
        pack(extracted.unreadable(), to);
        to.number(extracted.manifests().size());
        extracted.manifests().forEach(manifest -> {
            Manifest.Origin origin = manifest.origin();
            to.number(origin.root()).text(origin.pointer());
            pack(origin.place(), to);
            to.text(manifest.apiVersion()).text(manifest.kind().name()).value(manifest.body());
        });
    }
}
