package io.meshwright.web;

import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The word that a client shows so that no other program of the machine is served. */
public record Token(String text) {
    private static final int BYTES = 32;
    private static final int LONGEST = 4096;
    private static final String FORM = "[A-Za-z0-9._~+/=-]{32,512}";
    private static final String SCHEME = "Bearer ";

    /** One that nobody has had before. */
    public static Token random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return new Token(HexFormat.of().formatHex(random));
    }

    /**
     * The one that a file holds, as a Secret is mounted.
     *
     * @throws InvalidValue when the file holds none
     * @throws IOException when it cannot be read
     */
    public static Token of(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
            throw new InvalidValue("--token-file", "\"%s\" is no file of a token".formatted(file), "name one");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!text.matches(FORM)) {
            throw new InvalidValue(
                    "--token-file",
                    "\"%s\" holds no token".formatted(file),
                    "write one line of 32 to 512 letters and digits, such as openssl rand -hex 32 prints");
        }
        return new Token(text);
    }

    /**
     * Tells whether the Authorization headers of a request show it, and nothing else; takes as long whatever they hold.
     */
    public boolean isShown(@Nullable List<String> authorization) {
        String shown = authorization == null || authorization.size() != 1 ? "" : authorization.get(0);
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), SCHEME.concat(text).getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing that a log shows. */
    @Override
    public String toString() {
        return "Token";
    }
}
