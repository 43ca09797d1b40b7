package io.meshwright.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What containers, pipelines and registries read of ours, looked at where none of them is. */
class PackagesTest {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final List<String> SPEAKING_OF_A_RELEASE = List.of(
            "Dockerfile",
            "action.yml",
            "templates/meshwright.yml",
            "templates/plan.yml",
            "docs/install.md",
            "docs/examples/github/meshwright.yaml");

    @Test
    void each_base_of_the_image_has_its_digest_or_the_mark_of_the_release_job() throws IOException {
        String file = text("Dockerfile");
        Matcher bases = Pattern.compile("(?m)^(.*)\n(?=ARG \\w+_IMAGE=(\\S+)$)").matcher(file);
        List<MatchResult> found = bases.results().toList();

        assertThat(found).hasSize(3).allSatisfy(base -> {
            assertThat(base.group(2)).matches("[a-z-]+:\\d+\\.\\d+\\.[\\w.-]+(@sha256:[0-9a-f]{64})?");
            assertThat(base.group(2).contains("@") != base.group(1).equals("# digest: release job"))
                    .as(base.group(2))
                    .isTrue();
        });
        assertThat(file.lines().filter(line -> line.startsWith("FROM ")))
                .isNotEmpty()
                .allMatch(line -> line.matches("FROM (\\$\\{\\w+_IMAGE}|tools)( AS \\w+)?"));
        assertThat(text(".github/workflows/release.yaml")).contains("/^# digest: release job$/");
    }

    @Test
    void the_image_runs_as_nobody_and_holds_no_secret() throws IOException {
        List<String> lines = text("Dockerfile").lines().toList();
        String last = lines.stream().filter(line -> line.startsWith("USER ")).reduce("", (one, next) -> next);

        assertThat(last).matches("USER [1-9]\\d{3,}:[1-9]\\d{3,}");
        assertThat(lines).noneMatch(line -> line.startsWith("ADD "));
        assertThat(lines.stream().filter(line -> line.matches("(ARG|ENV|COPY) .*")))
                .noneMatch(line -> line.matches("(?i).*(token|secret|password|credential|settings\\.xml).*"));
        assertThat(text(".dockerignore")).contains(".git\n", "**/target\n");
    }

    @Test
    void the_development_container_is_a_stage_of_the_image() throws IOException {
        JsonNode container = YAML.readTree(text(".devcontainer/devcontainer.json"));

        assertThat(text("Dockerfile"))
                .contains(" AS " + container.at("/build/target").asText() + "\n");
        assertThat(text("Dockerfile"))
                .contains("--create-home " + container.path("remoteUser").asText() + "\n");
        assertThat(ROOT.resolve(".devcontainer")
                        .resolve(container.at("/build/dockerfile").asText()))
                .exists();
    }

    /** Both start the same JVM, and ask for Node before the same commands. */
    @Test
    void the_launcher_of_windows_does_what_the_other_does() throws IOException {
        String unix = text("meshwright");
        String windows = text("src/main/distribution/meshwright.cmd");

        assertThat(found(windows, "(?m)^set \"flags=(.*)\"$")).isEqualTo(found(unix, "(?m)^flags='(.*)'$"));
        assertThat(found(windows, "for %%C in \\((.*?)\\)"))
                .isEqualTo(found(unix, "(?m)^case \\$\\{1-} in (.*?)\\) require_node")
                        .replace(" | ", " "));
        assertThat(found(windows, "\"watch\" set \"flags=(.*)\""))
                .isEqualTo(found(windows, "\"mcp\" set \"flags=(.*)\""))
                .isEqualTo(found(unix, "in watch \\| mcp\\) flags='(.*)'"));
        for (String limit : List.of("major% GEQ 17", "node_major% GEQ 20", "major% GEQ 24")) {
            assertThat(windows).contains(limit);
        }
        assertThat(unix).contains("{major:-0}\" -ge 17", "node_major\" -ge 20", "{major:-0}\" -lt 24");
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    @Test
    void the_hooks_of_pre_commit_are_commands_of_the_program() throws IOException {
        JsonNode hooks = YAML.readTree(text(".pre-commit-hooks.yaml"));

        assertThat(hooks).hasSize(2).allSatisfy(hook -> {
            assertThat(hook.path("entry").asText()).matches("meshwright (synth|check)");
            assertThat(hook.path("pass_filenames").asBoolean(true)).isFalse();
            assertThat(Pattern.compile(hook.path("files").asText())
                            .matcher("environments/prod.yaml")
                            .find())
                    .isTrue();
        });
    }

    @Test
    void every_file_speaks_of_the_release_that_is_built() throws Exception {
        String version = textOf(pom("pom.xml"), "version");
        for (String file : SPEAKING_OF_A_RELEASE) {
            List<String> named = Pattern.compile(
                            "(?:meshwright[:-]|meshwright@v|v/|default: \"|<version>|meshwright:meshwright:)(\\d+\\.\\d+\\.\\d+)")
                    .matcher(text(file))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(named).as(file).isNotEmpty().containsOnly(version);
        }
    }

    @Test
    void the_worked_example_takes_the_release_that_is_built() throws Exception {
        Element example = pom("examples/shop-extras/pom.xml");
        Element dependency =
                (Element) children((Element) children(example, "dependencies").get(0), "dependency")
                        .get(0);

        assertThat(textOf(dependency, "artifactId")).isEqualTo("meshwright");
        assertThat(textOf(dependency, "version")).isEqualTo(textOf(pom("pom.xml"), "version"));
    }

    /** Who publishes elsewhere changes pom.xml, and this test names the rest. */
    @Test
    void every_file_names_the_repository_that_the_pom_names() throws Exception {
        String address = textOf((Element) children(pom("pom.xml"), "scm").get(0), "url");
        String repository = address.replace("https://github.com/", "");
        int found = 0;
        for (String file : Stream.concat(
                        SPEAKING_OF_A_RELEASE.stream(), Stream.of("README.md", ".github/workflows/release.yaml"))
                .toList()) {
            List<String> named = Pattern.compile(
                            "(?:github\\.com/|ghcr\\.io/|uses: )([a-z0-9-]*meshwright[a-z0-9-]*/[a-z0-9-]+)")
                    .matcher(text(file))
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            assertThat(named).as(file).allMatch(repository::equals);
            found += named.size();
        }
        assertThat(found).as("files that name it").isPositive();
    }

    /** What central.sonatype.org/publish/requirements asks of each pom, and of the jars beside it. */
    @Test
    void the_poms_say_what_maven_central_asks_for() throws Exception {
        Element parent = pom("pom.xml");
        for (String key : List.of("name", "description", "url")) {
            assertThat(textOf(parent, key)).as(key).isNotBlank();
        }
        assertThat(text("pom.xml")).contains("<name>Apache-2.0</name>", "<organization>Meshwright</organization>");
        for (String key : List.of("connection", "developerConnection", "url", "tag")) {
            assertThat(textOf((Element) children(parent, "scm").get(0), key))
                    .as(key)
                    .isNotBlank();
        }
        for (String module : List.of("imports", "builders", "src")) {
            Element pom = pom(module + "/pom.xml");
            assertThat(textOf(pom, "name")).as(module).isNotBlank();
            assertThat(textOf(pom, "description")).as(module).isNotBlank();
        }
        assertThat(text("pom.xml"))
                .contains("<id>sources</id>", "<id>javadoc</id>", "<id>sign</id>", "project.build.outputTimestamp");
    }

    @Test
    void actionlint_finds_nothing() throws Exception {
        try (Stream<Path> own = Files.list(ROOT.resolve(".github/workflows"));
                Stream<Path> examples = Files.list(ROOT.resolve("docs/examples/github"))) {
            String[] files =
                    Stream.concat(own, examples).map(Path::toString).sorted().toArray(String[]::new);

            assertThat(Program.of("actionlint").run(ROOT, files)).isEqualTo(new Program.Answer(0, ""));
        }
    }

    @Test
    void hadolint_finds_nothing() throws Exception {
        assertThat(Program.of("hadolint").run(ROOT, "Dockerfile")).isEqualTo(new Program.Answer(0, ""));
    }

    @Test
    void the_action_and_the_template_are_what_their_schemas_say(@TempDir Path folder) throws Exception {
        Program schemas = Program.of("check-jsonschema");
        JsonNode job = template().get(1);
        Files.writeString(folder.resolve("job.json"), job.toString());

        Program.Answer action = schemas.run(ROOT, "--builtin-schema", "vendor.github-actions", "action.yml");
        assertThat(action.exit()).as(action.output()).isZero();
        Program.Answer template = schemas.run(folder, "--builtin-schema", "vendor.gitlab-ci", "job.json");
        assertThat(template.exit()).as(template.output()).isZero();
    }

    @Test
    void shellcheck_finds_nothing_in_scripts_of_others_files(@TempDir Path folder) throws Exception {
        Program shellcheck = Program.of("shellcheck");
        List<String> scripts = Stream.concat(
                        actionScripts().stream(), Stream.of(templateScript(), String.join("\n", imageSteps())))
                .toList();
        assertThat(scripts).hasSizeGreaterThan(4);
        for (String script : scripts) {
            Path file = Files.writeString(folder.resolve("script"), "set -eo pipefail\n".concat(script));
            Program.Answer answer = shellcheck.run(folder, "--shell=bash", file.toString());
            assertThat(answer.output()).as(script).isEmpty();
        }
    }

    /** The scripts of the composite action, in order. */
    static List<String> actionScripts() throws IOException {
        return YAML.readTree(text("action.yml")).at("/runs/steps").findValuesAsText("run");
    }

    /** GitLab runs the parts of a script one after the other in one shell, which ends at the first that fails. */
    static String templateScript() throws IOException {
        List<String> parts = new java.util.ArrayList<>(List.of("set -e"));
        template().get(1).at("/meshwright/script").forEach(part -> parts.add(part.asText()));
        return String.join("\n", parts);
    }

    /** What the last stage of the image runs. */
    static List<String> imageSteps() throws IOException {
        String file = text("Dockerfile").replace("\\\n", "");
        return file.substring(file.lastIndexOf("\nFROM "))
                .lines()
                .filter(line -> line.startsWith("RUN "))
                .map(line -> line.substring("RUN ".length()))
                .toList();
    }

    private static List<JsonNode> template() throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text("templates/meshwright.yml"))) {
            return documents.readAll();
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    static Element pom(String file) throws Exception {
        Document read = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(file).toFile());
        return read.getDocumentElement();
    }

    static String textOf(Element parent, String key) {
        List<Node> found = children(parent, key);
        assertThat(found).as(key).hasSize(1);
        return found.get(0).getTextContent();
    }

    private static List<Node> children(Element parent, String key) {
        return Stream.iterate(parent.getFirstChild(), node -> node != null, Node::getNextSibling)
                .filter(node -> node.getNodeName().equals(key))
                .toList();
    }
}
