package io.meshwright;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.cli.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Three environments of the tests' own, with what is synthesized from them once for all tests of a run: those of the
 * repository are its users', who edit and remove them.
 */
public final class Fixtures {
    /** The environment files, and beside them the variants of them. */
    public static final Path ENVIRONMENTS = Path.of("test/resources/environments");

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private Fixtures() {}

    /** Names of the environments, in order. */
    public static List<String> names() {
        return List.of("azure", "egov", "homelab");
    }

    /** The text of an environment file. */
    public static String file(String environment) {
        return text(ENVIRONMENTS.resolve(environment.concat(".yaml")));
    }

    /** A checkout's root: the environments and dist. */
    public static Path home() {
        return Synthesis.HOME;
    }

    /** The manifests of all environments, a folder each. */
    public static Path dist() {
        return home().resolve("dist");
    }

    /** Every manifest of an environment, by its path in dist. */
    public static SortedMap<String, JsonNode> manifests(String environment) {
        return manifests(dist(), environment);
    }

    /** The same of another dist. */
    public static SortedMap<String, JsonNode> manifests(Path dist, String environment) {
        var manifests = new TreeMap<String, JsonNode>();
        try (Stream<Path> paths = Files.walk(dist.resolve(environment))) {
            for (Path path :
                    paths.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                manifests.put(dist.relativize(path).toString(), YAML.readTree(text(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return manifests;
    }

    /** Those that are so; a test that is about none of them would assert nothing, and fails. */
    public static SortedMap<String, JsonNode> manifests(String environment, BiPredicate<String, JsonNode> which) {
        SortedMap<String, JsonNode> found = manifests(environment);
        found.entrySet().removeIf(each -> !which.test(each.getKey(), each.getValue()));
        assertThat(found).as("manifests of %s that this is about", environment).isNotEmpty();
        return found;
    }

    /** A page that is generated for one environment, such as {@code upgrade/azure.md}. */
    public static String page(String path) {
        String environment = path.replaceFirst("^.*/(.*)\\.md$", "$1");
        return page(ENVIRONMENTS.resolve(environment.concat(".yaml")), path);
    }

    /** The same for a file elsewhere. */
    public static String page(Path environment, String path) {
        try {
            return Pages.of(environment).get(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a command ended and what it printed. */
    public record Run(int code, String printed) {}

    /** Synthesizes the environments of a folder that is as a checkout. */
    public static Run synth(Path home, String... options) {
        CommandLine line = Commands.line(
                Map.of("MESHWRIGHT_HOME", home.toString()),
                new Pipeline(Map.of()),
                () -> "",
                Pages::of,
                (files, console) -> Optional.empty());
        StringWriter printed = new StringWriter();
        line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
        int code = line.execute(
                Stream.concat(Stream.of("synth"), Arrays.stream(options)).toArray(String[]::new));
        return new Run(code, printed.toString());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Synthesizes when the first test asks. */
    private static final class Synthesis {
        private static final Path HOME = home();

        private static Path home() {
            try {
                Path home = Files.createTempDirectory("fixtures");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(home)));
                Path environments = Files.createDirectory(home.resolve("environments"));
                for (String name : names()) {
                    Files.writeString(environments.resolve(name.concat(".yaml")), file(name));
                }
                Run run = synth(home);
                assertThat(run.code()).as("synth: %s", run.printed()).isZero();
                return home;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(Path folder) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
