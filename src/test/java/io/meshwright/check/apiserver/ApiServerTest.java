package io.meshwright.check.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.admission.field.Objection;
import io.meshwright.check.schema.BuiltIn;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.terms.IstioVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that the API server refuses beside those that it takes; {@code # refused: because} marks the lines. */
class ApiServerTest {
    private static final Pattern MARK = Pattern.compile("# refused: (.+?)$");

    static Stream<Path> files() throws IOException {
        return Files.list(Path.of("test/resources/apiserver")).sorted();
    }

    private static List<Manifest> manifests(Path file) throws IOException {
        return ManifestReader.of("test.yaml", Files.readString(file))
                .manifests()
                .all();
    }

    private static List<Objection> objections(List<Manifest> manifests) {
        return manifests.stream()
                .flatMap(manifest -> ApiServer.objections(manifest, IstioVersion.of("1.26")).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void says_what_is_marked_and_nothing_else(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);

        List<String> said = objections(manifests(file)).stream()
                .map(objection -> "%d %s".formatted(objection.source().place().line(), marked(lines, objection)))
                .toList();

        List<String> wanted = IntStream.range(0, lines.size())
                .boxed()
                .flatMap(index -> MARK.matcher(lines.get(index))
                        .results()
                        .map(mark -> "%d %s".formatted(index + 1, mark.group(1))))
                .toList();
        assertThat(said).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_objection_is_a_clause_with_a_remedy_in_a_sentence(Path file) throws IOException {
        assertThat(objections(manifests(file))).allSatisfy(objection -> {
            assertThat(objection.message()).isNotBlank().doesNotEndWith(".");
            assertThat(objection.remedy()).endsWith(".");
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_schemas_have_nothing_against_these_objects(Path file) throws IOException {
        assertThat(manifests(file))
                .allSatisfy(manifest -> assertThat(BuiltIn.violations(manifest)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec: 3",
                "spec: []",
                "spec: {containers: {}, template: [], selector: a, rules: 1, ports: [1]}",
                "metadata: [], spec: null, data: 1, subjects: [1], rules: [[]]",
                "spec: {metrics: [a], volumes: [[1]], tls: x}"
            })
    void wrong_types_break_no_rule(String fields) {
        for (String kind : List.of(
                "v1, kind: Pod",
                "apps/v1, kind: Deployment",
                "apps/v1, kind: StatefulSet",
                "batch/v1, kind: CronJob",
                "v1, kind: Service",
                "networking.k8s.io/v1, kind: Ingress",
                "v1, kind: Secret",
                "networking.k8s.io/v1, kind: NetworkPolicy",
                "rbac.authorization.k8s.io/v1, kind: RoleBinding",
                "autoscaling/v2, kind: HorizontalPodAutoscaler")) {
            String object = "{apiVersion: %s, %s}".formatted(kind, fields);
            assertThat(objections(
                            ManifestReader.of("test.yaml", object).manifests().all()))
                    .isNotEmpty();
        }
    }

    /** The reason as its line marks it, when that is part of what was said. */
    private static String marked(List<String> lines, Objection objection) {
        return MARK.matcher(lines.get(objection.source().place().line() - 1))
                .results()
                .map(mark -> mark.group(1))
                .filter(objection.message()::contains)
                .findFirst()
                .orElse(objection.message());
    }
}
