package io.meshwright.environment.reader;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The characters of a file that must be UTF-8 and must not be empty. */
final class StrictText {
    private static final int LONGEST = 1 << 20;

    private StrictText() {}

    static Optional<String> of(byte[] bytes, Problems problems) {
        return of(bytes, problems, "save the file as UTF-8");
    }

    /** {@code remedy} is told where the bytes are no UTF-8. */
    static Optional<String> of(byte[] bytes, Problems problems, String remedy) {
        if (bytes.length > LONGEST) {
            problems.add(1, 1, "the file has %d bytes".formatted(bytes.length), "give at most %d".formatted(LONGEST));
            return Optional.empty();
        }
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult end = decoder.decode(input, text, true);
        text.flip();
        if (end.isError()) {
            refuse(input, text.toString(), problems, remedy);
            return Optional.empty();
        }
        return Optional.of(text.toString());
    }

    private static void refuse(ByteBuffer input, String before, Problems problems, String remedy) {
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        String last = before.substring(before.lastIndexOf('\n') + 1);
        problems.add(
                line,
                last.codePointCount(0, last.length()) + 1,
                "byte %d (0x%02x) is not UTF-8".formatted(input.position(), input.get(input.position())),
                remedy);
    }
}
