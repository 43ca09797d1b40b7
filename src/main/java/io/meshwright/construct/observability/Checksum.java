package io.meshwright.construct.observability;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fingerprint of configuration files: it changes with them, and a pod that carries it is replaced when they change.
 */
final class Checksum {
    private final MessageDigest digest = sha256();

    void add(Map<String, String> files) {
        new TreeMap<>(files).forEach((name, text) -> {
            add(name);
            add(text);
        });
    }

    String value() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Followed by a zero, which no text holds, so that two texts never count as one. */
    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
