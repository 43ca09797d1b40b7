package io.meshwright.summary;

import io.meshwright.check.Verdicts;
import io.meshwright.manifest.ParsedFiles;
import io.meshwright.manifest.packed.Packer;
import io.meshwright.manifest.packed.Texts;
import io.meshwright.manifest.packed.Unpacker;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Files as they were parsed, and what was found in each of their objects alone. */
public final class Summary {
    private static final byte[] MARK = "meshwright summary 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_GROWTH = 2;

    private final Texts texts;
    /**
     * The number of texts that the table had when it was last made anew, which leaves out those that nothing names any
     * more.
     */
    private final int leastTexts;

    private final ParsedFiles files;
    private final Verdicts verdicts;

    private Summary(Texts texts, int leastTexts, ParsedFiles files, Verdicts verdicts) {
        this.texts = texts;
        this.leastTexts = leastTexts;
        this.files = files;
        this.verdicts = verdicts;
    }

    /** Knows nothing yet. */
    public static Summary empty() {
        Texts texts = new Texts();
        return new Summary(texts, 0, ParsedFiles.keeping(texts), Verdicts.keeping());
    }

    /** Knows nothing and keeps nothing. */
    public static Summary none() {
        return new Summary(new Texts(), 0, ParsedFiles.none(), Verdicts.none());
    }

    public ParsedFiles files() {
        return files;
    }

    /** Returns what is known of the objects of all files that have been read by now. */
    public Verdicts verdicts() {
        verdicts.recall(files);
        return verdicts;
    }

    /** All of it, which only the same program reads. */
    byte[] packed(String program) {
        boolean anew = leastTexts > 0 && texts.size() > LARGEST_GROWTH * leastTexts;
        Texts table = anew ? new Texts() : texts;
        Packer body = new Packer(table);
        files.pack(body, table);
        verdicts.pack(files, body);
        Packer all = new Packer(table);
        all.part(program.getBytes(StandardCharsets.UTF_8)).number(anew || leastTexts == 0 ? table.size() : leastTexts);
        table.pack(all);
        all.part(body.bytes());
        byte[] content = all.bytes();
        Packer framed = new Packer(table);
        framed.part(MARK).number(checksum(content)).part(content);
        return framed.bytes();
    }

    /** The summary, if the bytes are one, whole, and written by this program. */
    static Optional<Summary> unpacked(byte[] bytes, String program) {
        try {
            return Optional.of(new Unpacker(bytes, new Texts()))
                    .filter(frame -> Arrays.equals(MARK, frame.part()))
                    .flatMap(frame -> content(frame.number(), frame.part()))
                    .flatMap(content -> unpacked(new Unpacker(content, new Texts()), program));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException cut) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> content(int checksum, byte[] content) {
        return Optional.of(content).filter(bytes -> checksum(bytes) == checksum);
    }

    private static Optional<Summary> unpacked(Unpacker from, String program) {
        if (!program.equals(new String(from.part(), StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        int leastTexts = from.number();
        Texts texts = Texts.unpacked(from);
        Unpacker body = new Unpacker(from.part(), texts);
        return Optional.of(new Summary(texts, leastTexts, ParsedFiles.unpacked(body, texts), Verdicts.unpacked(body)));
    }

    private static int checksum(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return (int) checksum.getValue();
    }
}
