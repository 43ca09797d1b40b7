package io.meshwright.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Severity;
import io.meshwright.check.report.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {
    private static final Path FILE = Path.of("environments/azure.yaml");
    private static final Path DIST = Path.of("dist");
    private static final Receipt RECEIPT = new Receipt(
            "i",
            "azure",
            "d",
            List.of("mesh/gateway.a.b.yaml"),
            List.of(new Told(
                    "azure/mesh/gateway.a.b.yaml",
                    3,
                    5,
                    Severity.WARNING,
                    "MESH101",
                    List.of("IST0101"),
                    "Gateway a/b",
                    "says \"this\"\nand that",
                    "Do it.",
                    "mesh/gateway",
                    "environments/azure.yaml:3:1 gateway")));

    @TempDir
    Path cache;

    private Receipts receipts;

    @BeforeEach
    void keeps_one() {
        receipts = Receipts.of(Map.of("XDG_CACHE_HOME", cache.toString()));
        receipts.keep(FILE, DIST, RECEIPT);
    }

    @Test
    void gives_back_what_was_kept_for_these_inputs_only() {
        assertThat(receipts.find(FILE, DIST, "i")).contains(RECEIPT);
        assertThat(receipts.find(FILE, DIST, "j")).isEmpty();
        assertThat(receipts.find(FILE, Path.of("other"), "i")).isEmpty();
        assertThat(receipts.find(Path.of("environments/egov.yaml"), DIST, "i")).isEmpty();
    }

    @Test
    void knows_no_receipt_that_was_cut_short_or_changed_or_that_another_version_wrote() throws IOException {
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            assertThat(receipts.find(FILE, DIST, "i"))
                    .as("first %d bytes", length)
                    .isEmpty();
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file(), changed);
            assertThat(receipts.find(FILE, DIST, "i")).as("byte %d changed", at).isEmpty();
        }
        Files.write(file(), whole);
        assertThat(receipts.find(FILE, DIST, "i")).contains(RECEIPT);
    }

    @Test
    void does_without_a_folder_that_cannot_be_written_to() throws IOException {
        Path none = Files.createFile(cache.resolve("file"));
        Receipts unable = Receipts.of(Map.of("XDG_CACHE_HOME", none.toString()));

        unable.keep(FILE, DIST, RECEIPT);

        assertThat(unable.find(FILE, DIST, "i")).isEmpty();
    }

    @Test
    void stays_whole_when_several_runs_write_at_once() {
        List<CompletableFuture<Void>> runs = IntStream.range(0, 8)
                .mapToObj(run -> CompletableFuture.runAsync(() -> {
                    for (int time = 0; time < 50; time++) {
                        receipts.keep(FILE, DIST, RECEIPT);
                        assertThat(receipts.find(FILE, DIST, "i")).contains(RECEIPT);
                    }
                }))
                .toList();

        runs.forEach(CompletableFuture::join);
        assertThat(file().getParent()).isDirectoryNotContaining("glob:**begun*");
    }

    @Test
    void stands_in_the_users_cache() {
        assertThat(Receipts.of(Map.of("HOME", "/nowhere")).areKept()).isTrue();
        assertThat(Receipts.of(Map.of()).areKept()).isFalse();
    }

    private Path file() {
        try (Stream<Path> files = Files.list(cache.resolve("meshwright/receipts"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("begun"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
