package io.meshwright.value.security;

import io.meshwright.value.Cidr;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The blocks from which Cloudflare speaks to origins, with their source and day in {@code cloudflare.txt}. */
final class CloudflareRanges {
    private static final List<Cidr> BLOCKS = read();

    private CloudflareRanges() {}

    static List<Cidr> blocks() {
        return BLOCKS;
    }

    private static List<Cidr> read() {
        try (InputStream file = CloudflareRanges.class.getResourceAsStream("cloudflare.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Cidr::of)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
