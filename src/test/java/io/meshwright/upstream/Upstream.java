package io.meshwright.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Coverage.Agreement;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.upstream.Statement.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of what others say; each names its sources and has rows. */
record Upstream(String file, JsonNode written) {
    private static final Path FOLDER = Path.of("test/resources/upstream");

    static List<Upstream> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Upstream::of).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Upstream of(Path file) {
        try {
            return new Upstream(
                    file.getFileName().toString(),
                    ManifestReader.value(Files.readString(file)).orElseThrow());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    List<Row> rows() {
        return Fields.items(written.path("rows")).stream()
                .map(row -> new Row(file, written.path("base").asText(), row))
                .toList();
    }

    /** Its sources, by what the rows call them, with the numbers that docs/coverage.md must have. */
    Map<String, Agreement> agreements() {
        Map<String, Agreement> agreements = new LinkedHashMap<>();
        Fields.entries(written.path("sources"))
                .forEach(source -> agreements.put(source.getKey(), agreement(source.getKey(), source.getValue())));
        return agreements;
    }

    private Agreement agreement(String key, JsonNode source) {
        List<Row> rows = rows().stream().filter(row -> row.of().contains(key)).toList();
        int shared = Row.count(rows, Standing.SAME);
        int otherwise = Row.count(rows, Standing.OTHERWISE);
        int uncovered = Row.count(rows, Standing.UNCOVERED);
        return new Agreement(
                source.path("source").asText(),
                source.path("at").asText(),
                shared + otherwise + uncovered,
                shared,
                otherwise,
                uncovered,
                Optional.empty());
    }
}
