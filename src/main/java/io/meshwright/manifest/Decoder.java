package io.meshwright.manifest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns bytes into text: UTF-8, or UTF-16 when a byte order mark says so, as PowerShell writes it. */
final class Decoder {
    private static final char REPLACED = '\uFFFD';

    private Decoder() {}

    /** Empty when the bytes are neither, which is told with its place. */
    static Optional<String> text(String file, byte[] bytes, Consumer<Unreadable> unreadable) {
        Charset charset = charset(bytes);
        // This way is many times as fast, but puts a character of its own where bytes are none.
        String whole = new String(bytes, charset);
        return whole.indexOf(REPLACED) < 0 ? Optional.of(unmarked(whole)) : strictly(file, charset, bytes, unreadable);
    }

    private static Optional<String> strictly(
            String file, Charset charset, byte[] bytes, Consumer<Unreadable> unreadable) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = (int) text.chars().filter(character -> character == '\n').count() + 1;
            Place place = new Place(file, line, text.length() - text.lastIndexOf('\n'));
            unreadable.accept(new Unreadable(place, Unreadable.Flaw.ENCODING, "file: is not UTF-8; save it as UTF-8"));
            return Optional.empty();
        }
        return Optional.of(unmarked(text));
    }

    private static String unmarked(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Charset charset(byte[] bytes) {
        int first = bytes.length > 1 ? (bytes[0] & 0xff) << 8 | bytes[1] & 0xff : 0;
        return switch (first) {
            case 0xfeff -> StandardCharsets.UTF_16BE;
            case 0xfffe -> StandardCharsets.UTF_16LE;
            default -> StandardCharsets.UTF_8;
        };
    }
}
