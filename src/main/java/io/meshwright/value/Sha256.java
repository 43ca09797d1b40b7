package io.meshwright.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 over parts, each with its length, so that no two lists of parts make the same bytes. */
public final class Sha256 {
    private final MessageDigest digest = digester();

    public Sha256 add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    public Sha256 add(byte[] part) {
        digest.update(Integer.toString(part.length).concat(":").getBytes(StandardCharsets.US_ASCII));
        digest.update(part);
        return this;
    }

    /** 64 hexadecimal digits; begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of bytes as they are, which is what other programs call their SHA-256. */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digester().digest(bytes));
    }

    /** Of a text's UTF-8, in the form in which a Content-Security-Policy names a script. */
    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(digester().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest digester() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
