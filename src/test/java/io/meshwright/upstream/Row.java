package io.meshwright.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Checks;
import io.meshwright.check.Finding;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.upstream.Statement.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects with what another project says of them ({@code says}, {@code traffic}) and what is found here
 * ({@code finds}). A statement that is not shared has its reason: {@code otherwise} where it is judged otherwise,
 * {@code uncovered} where nothing here looks for it; {@code by} names the finding that says the same in other words.
 * {@code base} are objects that all rows of a file share.
 */
record Row(String file, String base, JsonNode written) {
    String id() {
        return "%s %s".formatted(file, written.path("id").asText());
    }

    /** The releases or commits of the source that say so. */
    List<String> of() {
        return Fields.texts(written.path("of"));
    }

    List<Statement> says() {
        return Fields.texts(written.path("says")).stream().map(Statement::new).toList();
    }

    List<Call> traffic() {
        return Fields.items(written.path("traffic")).stream().map(Call::new).toList();
    }

    List<String> finds() {
        return Fields.texts(written.path("finds"));
    }

    Reading objects() {
        return ManifestReader.of(
                "objects.yaml", base.concat(written.path("objects").asText()));
    }

    Optional<IstioVersion> version() {
        return Optional.of(IstioVersion.of(written.path("istio").asText("1.30")));
    }

    /** What check finds, as {@code error MESH121 VirtualService shop/cart}. */
    static List<String> words(List<Finding> findings) {
        return findings.stream()
                .map(finding -> "%s %s %s"
                        .formatted(finding.severity().word(), finding.rule().code(), finding.object())
                        .strip())
                .sorted()
                .toList();
    }

    List<Finding> found() {
        return Checks.run(objects(), version()).all();
    }

    /** One sentence on everything that is not as recorded, and on each disagreement without a reason. */
    List<String> misses() {
        List<Finding> found = found();
        List<String> misses = new ArrayList<>();
        if (!words(found).equals(finds())) {
            misses.add("finds %s, recorded is %s".formatted(words(found), finds()));
        }
        for (Statement statement : says()) {
            misses.addAll(reasonable(statement, statement.isSharedBy(found)));
        }
        Traffic traffic = new Traffic(this);
        traffic().forEach(call -> misses.addAll(traffic.misses(call)));
        return misses;
    }

    private List<String> reasonable(Statement statement, boolean shared) {
        List<String> keys = Stream.of("by", "otherwise", "uncovered")
                .filter(key -> written.path(key).has(statement.text()))
                .toList();
        if (shared) {
            return keys.isEmpty()
                    ? List.of()
                    : List.of("\"%s\" is shared and needs no %s".formatted(statement.text(), keys));
        }
        if (keys.size() != 1) {
            return List.of("\"%s\" is not shared and has %s".formatted(statement.text(), keys));
        }
        String reason = written.path(keys.get(0)).path(statement.text()).asText();
        boolean holds = keys.get(0).equals("by") ? finds().contains(reason) : reason.endsWith(".");
        return holds ? List.of() : List.of("\"%s\": %s is no reason".formatted(statement.text(), reason));
    }

    /** How many of its statements and calls stand in which way. */
    Map<Standing, Integer> standings() {
        Map<Standing, Integer> count = new EnumMap<>(Standing.class);
        says().stream().map(this::standing).forEach(standing -> count.merge(standing, 1, Integer::sum));
        traffic().stream().map(Call::standing).forEach(standing -> count.merge(standing, 1, Integer::sum));
        return count;
    }

    private Standing standing(Statement statement) {
        if (written.path("otherwise").has(statement.text())) {
            return Standing.OTHERWISE;
        }
        return written.path("uncovered").has(statement.text()) ? Standing.UNCOVERED : Standing.SAME;
    }

    static int count(Collection<Row> rows, Standing standing) {
        return rows.stream()
                .mapToInt(row -> row.standings().getOrDefault(standing, 0))
                .sum();
    }

    @Override
    public String toString() {
        return id();
    }
}
