package io.meshwright.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Carries messages over standard input and output, one on each line, in their order. The SDK's own carrier ends at the
 * first line that is no message and drops the answers that are still owed when the input ends; this one does neither.
 */
final class StdioCarrier {
    private final Protocol protocol;
    private final InputStream in;
    private final OutputStream out;

    StdioCarrier(Protocol protocol, InputStream in, OutputStream out) {
        this.protocol = protocol;
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    /**
     * Answers until the input ends.
     *
     * @throws IOException when the other side is gone
     */
    void run() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        int next = in.read();
        while (next >= 0) {
            if (next == '\n') {
                write(tooLong ? overlong() : answer(line.toByteArray()));
                line.reset();
                tooLong = false;
            } else if (line.size() < Protocol.LONGEST) {
                line.write(next);
            } else {
                tooLong = true;
            }
            next = in.read();
        }
        write(tooLong ? overlong() : answer(line.toByteArray()));
    }

    private Answer overlong() {
        return protocol.refusal(
                McpSchema.ErrorCodes.INVALID_REQUEST,
                "the message is longer than %d bytes".formatted(Protocol.LONGEST));
    }

    private Answer answer(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString()
                    .strip();
            return text.isEmpty() ? new Answer(Optional.empty(), true) : protocol.answer(text);
        } catch (CharacterCodingException other) {
            return protocol.refusal(McpSchema.ErrorCodes.PARSE_ERROR, "the message is not UTF-8");
        }
    }

    private void write(Answer answer) throws IOException {
        if (answer.text().isPresent()) {
            out.write(answer.text().get().concat("\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
