package io.meshwright.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.cli.option.Printed;
import io.meshwright.environment.Environment;
import io.meshwright.environment.key.Spelling;
import io.meshwright.environment.reader.Problem;
import io.meshwright.environment.reader.Reading;
import io.meshwright.file.EnvironmentFiles;
import io.meshwright.platform.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells which environments there are. */
@Command(
        name = "list",
        description = "List the environments: platform, Kubernetes, Istio, number of services, and their files.")
final class ListCommand implements Callable<Integer> {
    /** One environment in words. */
    private record Row(
            String name, String platform, String kubernetes, String istio, List<String> services, List<String> files) {
        List<String> cells() {
            return List.of(
                    name, platform, kubernetes, istio, String.valueOf(services.size()), String.join(", ", files));
        }

        ObjectNode json() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("name", name)
                    .put("platform", platform)
                    .put("kubernetes", kubernetes)
                    .put("istio", istio);
            services.forEach(node.putArray("services")::add);
            files.forEach(node.putArray("files")::add);
            return node;
        }
    }

    private static final List<String> HEADS = List.of("NAME", "PLATFORM", "KUBERNETES", "ISTIO", "SERVICES", "FILES");

    private final Synthesis synthesis;
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Folders.Environments environments;

    @Mixin
    private Printed printed;

    ListCommand(Synthesis synthesis, Surroundings surroundings) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine(), surroundings.references());
        EnvironmentFiles files =
                EnvironmentFiles.in(environments.in(surroundings).environments());
        List<String> problems = files.problems(List.of());
        List<Problem> refusals = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (Path file : files.chosen(List.of())) {
            Reading<Environment> reading = synthesis.read(file);
            if (reading instanceof Reading.Accepted<Environment> accepted) {
                rows.add(row(accepted.value(), synthesis.files(file)));
            } else if (reading instanceof Reading.Refused<Environment> refused) {
                refusals.addAll(refused.problems());
            }
        }
        if (printed.isJson()) {
            console.result(json(rows));
        } else if (!rows.isEmpty()) {
            console.result(table(rows));
        }
        console.problems(problems);
        console.refusals(refusals);
        return (problems.isEmpty() && refusals.isEmpty() ? ExitCode.CLEAN : ExitCode.USAGE).number();
    }

    private static Row row(Environment environment, List<String> files) {
        return new Row(
                environment.metadata().name().toString(),
                Spelling.of(Platform.class, environment.cluster().platform()),
                environment.cluster().kubernetes().toString(),
                environment.istio().version().toString(),
                environment.services().keySet().stream().map(Object::toString).toList(),
                files);
    }

    private static String json(List<Row> rows) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        rows.forEach(row -> array.add(row.json()));
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(array);
    }

    private static String table(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>(List.of(HEADS));
        rows.forEach(row -> lines.add(row.cells()));
        List<Integer> widths = IntStream.range(0, HEADS.size())
                .mapToObj(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        return String.join(
                "\n", lines.stream().map(line -> padded(line, widths)).toList());
    }

    private static String padded(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            line.append("%-"
                    .concat(String.valueOf(widths.get(column) + 2))
                    .concat("s")
                    .formatted(cells.get(column)));
        }
        return line.toString().stripTrailing();
    }
}
