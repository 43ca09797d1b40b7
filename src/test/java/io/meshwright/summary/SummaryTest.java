package io.meshwright.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Checks;
import io.meshwright.check.report.Format;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.ParsedFile;
import io.meshwright.manifest.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    private static final String PROGRAM = "this program";

    @TempDir
    Path folder;

    private byte[] kept = new byte[0];

    @BeforeEach
    void has_three_files() throws IOException {
        Files.writeString(
                folder.resolve("namespace.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n");
        Files.writeString(folder.resolve("service.yaml"), """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{name: http, port: 123456}]}
        """);
        Files.writeString(folder.resolve("broken.yaml"), "kind: [\n");
        run(Summary.empty());
    }

    private String run(Summary summary) {
        Reading reading = new ManifestReader(summary.files()).path(folder).read();
        String report = Format.JSON.render(Checks.run(reading, Optional.empty(), summary.verdicts()));
        kept = summary.packed(PROGRAM);
        return report;
    }

    private String whole() {
        return Format.JSON.render(Checks.run(new ManifestReader().path(folder).read(), Optional.empty()));
    }

    private static List<String> known(Summary summary) {
        return summary.files().read().stream()
                .filter(ParsedFile::isKnown)
                .map(file -> Path.of(file.name()).getFileName().toString())
                .toList();
    }

    @Test
    void parses_only_what_changed() throws IOException {
        Files.writeString(
                folder.resolve("namespace.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: store}}\n");
        Summary summary = Summary.unpacked(kept, PROGRAM).orElseThrow();

        assertThat(run(summary)).isEqualTo(whole()).contains("123456");
        assertThat(known(summary)).containsExactly("broken.yaml", "service.yaml");
    }

    @Test
    void is_none_when_cut_short_or_changed_or_of_another_program() {
        assertThat(Summary.unpacked(kept, "another program")).isEmpty();
        for (int length = 0; length < kept.length; length++) {
            assertThat(Summary.unpacked(Arrays.copyOf(kept, length), PROGRAM))
                    .as("first %d bytes", length)
                    .isEmpty();
        }
        for (int at = 0; at < kept.length; at++) {
            byte[] changed = kept.clone();
            changed[at] ^= 1;
            assertThat(Summary.unpacked(changed, PROGRAM))
                    .as("byte %d changed", at)
                    .isEmpty();
        }
    }

    @Test
    void parses_again_what_is_shorter_as_text() throws IOException {
        StringBuilder aliases = new StringBuilder(
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: long, namespace: shop}\na0: &a0 [x, x]\n");
        for (int level = 1; level < 14; level++) {
            aliases.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(level, level - 1));
        }
        Files.writeString(folder.resolve("namespace.yaml"), aliases);
        run(Summary.unpacked(kept, PROGRAM).orElseThrow());
        Summary summary = Summary.unpacked(kept, PROGRAM).orElseThrow();

        assertThat(run(summary)).isEqualTo(whole());
        assertThat(known(summary)).containsExactly("broken.yaml", "service.yaml");
        assertThat(kept).hasSizeLessThan(10_000);
    }

    @Test
    void does_not_grow_with_what_is_gone() throws IOException {
        int before = kept.length;
        for (int turn = 0; turn < 50; turn++) {
            Files.writeString(
                    folder.resolve("namespace.yaml"),
                    "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {%s: x}}}\n"
                            .formatted("turn-%d".formatted(turn).repeat(9)));
            assertThat(run(Summary.unpacked(kept, PROGRAM).orElseThrow())).isEqualTo(whole());
        }

        assertThat(kept).hasSizeLessThan(before * 4);
    }
}
