package io.meshwright.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the action, the template and the image, run as the plain commands that they are. */
@Tag("distribution")
class PipelineStepsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path temporary;

    private static Unpacked unpacked;
    private static String version;

    @BeforeAll
    static void there_is_a_repository_whose_dist_is_committed() throws Exception {
        unpacked = Unpacked.in(temporary);
        version = unpacked.folder().getFileName().toString().replace("meshwright-", "");
        assertThat(unpacked.run(Map.of("HOME", "/dev/null"), "synth").code()).isZero();
    }

    @Test
    void the_action_installs_what_has_the_digest_and_nothing_else() throws Exception {
        Path releases = release();
        Path runner = Files.createDirectory(temporary.resolve("runner"));
        Path path = Files.createFile(runner.resolve("path"));
        Map<String, String> variables = new HashMap<>(Map.of(
                "RUNNER_TEMP", runner.toString(),
                "GITHUB_PATH", path.toString(),
                "VERSION", version,
                "SHA256", "",
                "RELEASES", releases.toUri().toString()));
        String install = PackagesTest.actionScripts().get(0);

        assertThat(bash(variables, install).code()).isZero();
        assertThat(Path.of(Files.readString(path).strip(), "meshwright")).isExecutable();

        Files.writeString(path, "");
        variables.put("SHA256", "0".repeat(64));
        assertThat(bash(variables, install).code()).isNotZero();
        assertThat(path).isEmptyFile();
    }

    @Test
    void the_action_checks_and_leaves_findings_for_code_scanning() throws Exception {
        Path output = Files.createFile(temporary.resolve("output"));
        Path sarif = temporary.resolve("findings.sarif");
        Map<String, String> variables = new HashMap<>(Map.of(
                "GITHUB_OUTPUT", output.toString(), "SARIF", sarif.toString(), "STRICT", "false", "PATHS", "dist\n"));
        String check = PackagesTest.actionScripts().get(1);

        assertThat(bash(variables, check).code()).isZero();
        assertThat(output).hasContent("errors=false");

        variables.put("STRICT", "true");
        Unpacked.Run strict = bash(variables, check);
        assertThat(strict.code()).isEqualTo(4);
        assertThat(strict.out()).contains("MESH156");
        assertThat(Files.readString(output)).endsWith("errors=true\n");
        assertThat(JSON.readTree(sarif.toFile()).at("/runs/0/results")).isNotEmpty();
    }

    @Test
    void the_action_tells_dist_that_is_not_what_the_environments_say() throws Exception {
        String drift = PackagesTest.actionScripts().get(2);
        assertThat(bash(Map.of(), drift)).extracting(Unpacked.Run::code).isEqualTo(0);

        Path edited = unpacked.repository().resolve("dist/prod/services/service.shop.web.yaml");
        String before = Files.readString(edited);
        Files.writeString(edited, before.replace("port: 80", "port: 81"));
        try {
            Unpacked.Run run = bash(Map.of(), drift);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("port: 81", "::error::dist/ is not what environments/ says");
            assertThat(edited).content().contains("port: 81");
        } finally {
            Files.writeString(edited, before);
        }
    }

    @Test
    void the_template_checks_and_shows_what_it_finds_beside_the_lines() throws Exception {
        Unpacked.Run run = bash(Map.of("MESHWRIGHT_PATHS", "dist"), PackagesTest.templateScript());

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode found = JSON.readTree(
                unpacked.repository().resolve("gl-code-quality-report.json").toFile());
        assertThat(found).isNotEmpty().allSatisfy(each -> {
            assertThat(each.path("check_name").asText()).startsWith("MESH");
            assertThat(each.path("severity").asText()).isEqualTo("major");
            assertThat(unpacked.repository().resolve(each.at("/location/path").asText()))
                    .exists();
            assertThat(each.at("/location/lines/begin").asInt()).isPositive();
        });
        assertThat(found.findValuesAsText("fingerprint")).doesNotHaveDuplicates();
    }

    /** The image's cache is made by root while it is built, and read by somebody who may write nowhere. */
    @Test
    void the_image_makes_its_archive_of_classes_once() throws Exception {
        List<String> steps = PackagesTest.imageSteps();
        assertThat(steps).hasSize(1);
        String folder = unpacked.folder().toString();
        Map<String, String> variables = Map.of("XDG_CACHE_HOME", folder.concat("/cache"), "CI", "true");
        assertThat(Files.readString(PackagesTest.ROOT.resolve("Dockerfile")))
                .contains("ENV XDG_CACHE_HOME=/opt/meshwright/cache PATH=/opt/meshwright/bin:$PATH\n");

        Unpacked.Run run = bash(variables, steps.get(0).replace("/opt/meshwright", folder));

        assertThat(run.out()).isEqualTo("meshwright %s\n".formatted(version));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(bash(variables, "meshwright check").err()).isEmpty();
    }

    /** A release as GitHub keeps it, with its list of digests. */
    private static Path release() throws Exception {
        Path releases = temporary.resolve("releases");
        Path folder = Files.createDirectories(releases.resolve("v".concat(version)));
        Path packed = Unpacked.packed("tar.gz");
        Files.copy(packed, folder.resolve(packed.getFileName()));
        Unpacked.Run sums = bash(Map.of(), "cd '%s' && sha256sum meshwright-* > SHA256SUMS".formatted(folder));
        assertThat(sums.code()).isZero();
        return releases;
    }

    /** As a runner does it: bash in the repository, with what was installed on the path. */
    private static Unpacked.Run bash(Map<String, String> variables, String script)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(variables);
        all.putIfAbsent("HOME", "/dev/null");
        all.put("PATH", "%s:%s".formatted(unpacked.folder().resolve("bin"), System.getenv("PATH")));
        return unpacked.command(all, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script);
    }
}
