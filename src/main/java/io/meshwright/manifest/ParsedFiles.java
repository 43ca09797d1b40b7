package io.meshwright.manifest;

import io.meshwright.manifest.packed.Packer;
import io.meshwright.manifest.packed.Texts;
import io.meshwright.manifest.packed.Unpacker;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The results of parsing files, by an earlier run and by this one. */
public final class ParsedFiles {
    private static final HexFormat HEX = HexFormat.of();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Packed(String digest, byte[] bytes) {}

    private final boolean kept;
    private final Texts texts;
    private final Map<String, Packed> before = new HashMap<>();
    private final Map<String, ParsedFile> now = new TreeMap<>();

    private ParsedFiles(boolean kept, Texts texts) {
        this.kept = kept;
        this.texts = texts;
    }

    /** Knows none and keeps none. */
    public static ParsedFiles none() {
        return new ParsedFiles(false, new Texts());
    }

    /** Keeps what this run parses. */
    public static ParsedFiles keeping(Texts texts) {
        return new ParsedFiles(true, texts);
    }

    boolean areKept() {
        return kept;
    }

    /** The file, if these very bytes have been parsed under this name. */
    Optional<ParsedFile> find(String name, String digest, byte[] bytes) {
        return Optional.ofNullable(before.get(name))
                .filter(known -> known.digest().equals(digest))
                .map(known -> PackedFile.unpacked(name, digest, bytes, known.bytes(), texts));
    }

    void keep(ParsedFile file) {
        now.put(file.name(), file);
    }

    /** The files that this run has read, by name. */
    public Collection<ParsedFile> read() {
        return Collections.unmodifiableCollection(now.values());
    }

    /** Writes the files that this run has read, with texts by their numbers in a table. */
    public void pack(Packer to, Texts table) {
        Map<String, Packed> packed = new TreeMap<>();
        now.forEach((name, file) -> file.packed(table, table == texts)
                .ifPresent(bytes -> packed.put(name, new Packed(file.digest(), bytes))));
        to.number(packed.size());
        packed.forEach(
                (name, file) -> to.text(name).part(HEX.parseHex(file.digest())).part(file.bytes()));
    }

    /** Reads what {@link #pack} wrote. */
    public static ParsedFiles unpacked(Unpacker from, Texts texts) {
        ParsedFiles files = keeping(texts);
        for (int rest = from.number(); rest > 0; rest--) {
            files.before.put(from.text(), new Packed(HEX.formatHex(from.part()), from.part()));
        }
        return files;
    }
}
