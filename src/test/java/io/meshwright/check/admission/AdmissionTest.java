package io.meshwright.check.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Severity;
import io.meshwright.check.admission.field.Objection;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.terms.IstioVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects that the webhook refuses or warns of beside those that it takes: {@code # refused: because} and {@code #
 * warned: because} mark the lines and say part of the reason; a first line {@code # istio 1.23} sets the release.
 */
class AdmissionTest {
    private static final Pattern MARK = Pattern.compile("# (refused|warned): (.+?)(?= # |$)");
    private static final Pattern RELEASE = Pattern.compile("\\A# istio (\\S+)");

    static Stream<Path> files() throws IOException {
        return Files.list(Path.of("test/resources/admission")).sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void says_what_is_marked_and_nothing_else(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> lines = text.lines().toList();

        List<String> said = objections(text).stream()
                .map(objection -> "%d %s %s"
                        .formatted(objection.source().place().line(), word(objection), marked(lines, objection)))
                .sorted()
                .toList();

        List<String> wanted = IntStream.range(0, lines.size())
                .boxed()
                .flatMap(index -> MARK.matcher(lines.get(index))
                        .results()
                        .map(mark -> "%d %s %s".formatted(index + 1, mark.group(1), mark.group(2))))
                .sorted()
                .toList();
        assertThat(said).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_objection_is_a_clause_with_a_remedy_in_a_sentence(Path file) throws IOException {
        assertThat(objections(Files.readString(file))).allSatisfy(objection -> {
            assertThat(objection.message()).isNotBlank().doesNotEndWith(".");
            assertThat(objection.remedy()).endsWith(".");
        });
    }

    @ParameterizedTest
    @CsvSource({"1.30.3, 1025, 0", "1.30.4, 1024, 0", "1.30.4, 1025, 1", "1.31.0, 1025, 1"})
    void a_proxy_version_that_is_too_long_to_be_read_is_warned_of(String release, int characters, int warnings) {
        String filter = """
            # istio %s
            apiVersion: networking.istio.io/v1alpha3
            kind: EnvoyFilter
            metadata: {name: long, namespace: shop}
            spec:
              configPatches:
                - applyTo: CLUSTER
                  match: {proxy: {proxyVersion: "%s"}, cluster: {name: a}}
                  patch: {operation: REMOVE}
            """.formatted(release, "1".repeat(characters));

        assertThat(objections(filter))
                .hasSize(warnings)
                .allSatisfy(objection -> assertThat(objection.message()).startsWith("the patch is ignored"));
    }

    private static List<Objection> objections(String text) {
        String release = RELEASE.matcher(text)
                .results()
                .findFirst()
                .map((MatchResult found) -> found.group(1))
                .orElse("1.26");
        Admission admission = new Admission(IstioVersion.of(release));
        return ManifestReader.of("test.yaml", text).manifests().all().stream()
                .flatMap(manifest -> admission.objections(manifest).stream())
                .toList();
    }

    private static String word(Objection objection) {
        return objection.severity() == Severity.ERROR ? "refused" : "warned";
    }

    /** The reason as its line marks it, when that is part of what was said. */
    private static String marked(List<String> lines, Objection objection) {
        return MARK.matcher(lines.get(objection.source().place().line() - 1))
                .results()
                .map(mark -> mark.group(2))
                .filter(objection.message()::contains)
                .findFirst()
                .orElse(objection.message());
    }
}
