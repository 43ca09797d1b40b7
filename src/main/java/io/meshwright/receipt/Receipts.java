package io.meshwright.receipt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meshwright.check.report.Told;
import io.meshwright.value.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Receipts in the user's cache, one file for each environment file and dist. Losing them costs time and nothing else,
 * so one that cannot be read or written is as good as none.
 */
public final class Receipts {
    private static final String HEAD = "meshwright receipt 1";
    private static final String END = "end ";
    private static final JsonMapper JSON = new JsonMapper();
    private final Cache cache;

    private Receipts(Cache cache) {
        this.cache = cache;
    }

    /** Those of a user with these variables. */
    public static Receipts of(Map<String, String> variables) {
        return new Receipts(Cache.of(variables, "receipts"));
    }

    /** True if there is a place for them. */
    public boolean areKept() {
        return cache.isKept();
    }

    /** Finds what the last run left for an environment file and a dist, if it was made from these very inputs. */
    public Optional<Receipt> find(Path file, Path dist, String inputs) {
        return cache.read(name(file, dist))
                .flatMap(Receipts::read)
                .filter(receipt -> receipt.inputs().equals(inputs));
    }

    /** Keeps a receipt in the place of the last one. */
    public void keep(Path file, Path dist, Receipt receipt) {
        cache.keep(name(file, dist), text(receipt).getBytes(StandardCharsets.UTF_8));
    }

    private static String name(Path file, Path dist) {
        return new Sha256()
                .add(file.toAbsolutePath().normalize().toString())
                .add(dist.toAbsolutePath().normalize().toString())
                .hex();
    }

    private static String text(Receipt receipt) {
        List<String> lines = new ArrayList<>(List.of(HEAD, receipt.inputs(), receipt.environment(), receipt.dist()));
        lines.add(Integer.toString(receipt.files().size()));
        lines.addAll(receipt.files());
        receipt.findings().forEach(finding -> lines.add(json(finding)));
        String text = String.join("\n", lines) + "\n";
        return "%s%s%s\n".formatted(text, END, new Sha256().add(text).hex());
    }

    private static Optional<Receipt> read(byte[] bytes) {
        try {
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<Receipt> parse(String text) throws IOException {
        int end = text.lastIndexOf(END);
        String body = text.substring(0, end);
        if (!text.substring(end)
                .equals("%s%s\n".formatted(END, new Sha256().add(body).hex()))) {
            return Optional.empty();
        }
        List<String> lines = body.lines().toList();
        if (!lines.get(0).equals(HEAD)) {
            return Optional.empty();
        }
        int first = 5;
        int files = Integer.parseInt(lines.get(4));
        List<Told> findings = new ArrayList<>();
        for (String line : lines.subList(first + files, lines.size())) {
            findings.add(JSON.readValue(line, Told.class));
        }
        return Optional.of(
                new Receipt(lines.get(1), lines.get(2), lines.get(3), lines.subList(first, first + files), findings));
    }

    private static String json(Told finding) {
        try {
            return JSON.writeValueAsString(finding);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts is always JSON", e);
        }
    }
}
