package io.meshwright.cli;

import io.meshwright.cli.file.EnvironmentFiles;
import io.meshwright.cli.file.References;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Reading;
import io.meshwright.value.KeyPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings the images that one environment runs to another one's file, which keeps its comments and its order. */
@Command(
        name = "promote",
        description = "Write the images of services that differ in one environment into another one's file.")
final class PromoteCommand implements Callable<Integer> {
    private final Synthesis synthesis;
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FROM", description = "The environment whose images were tried.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "The environment that shall run them.")
    private String to;

    @Mixin
    private Folders.Environments environments;

    PromoteCommand(Synthesis synthesis, Surroundings surroundings) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine(), new References(surroundings.docs()));
        EnvironmentFiles files =
                EnvironmentFiles.in(environments.in(surroundings).environments());
        List<String> problems = files.problems(List.of(from, to)).stream()
                .map(problem -> problem.replaceFirst("^--env: ", "promote: "))
                .toList();
        if (!problems.isEmpty()) {
            console.problems(problems);
            return ExitCode.USAGE.number();
        }
        Optional<Reading.Accepted<Environment>> source = read(files, from, console);
        Optional<Reading.Accepted<Environment>> target = read(files, to, console);
        if (source.isEmpty() || target.isEmpty()) {
            return ExitCode.USAGE.number();
        }
        Path file = files.chosen(List.of(to)).get(0);
        promote(images(source.get().value()), target.get(), new ImageEdits(file), console);
        return ExitCode.CLEAN.number();
    }

    private Optional<Reading.Accepted<Environment>> read(EnvironmentFiles files, String name, Console console)
            throws IOException {
        Reading<Environment> reading =
                synthesis.read(files.chosen(List.of(name)).get(0));
        if (reading instanceof Reading.Refused<Environment> refused) {
            console.refusals(refused.problems());
        }
        return reading instanceof Reading.Accepted<Environment> accepted ? Optional.of(accepted) : Optional.empty();
    }

    private void promote(
            SortedMap<String, String> source, Reading.Accepted<Environment> target, ImageEdits edits, Console console)
            throws IOException {
        for (var image : images(target.value()).entrySet()) {
            String tried = source.get(image.getKey());
            if (tried != null && !tried.equals(image.getValue())) {
                KeyPath key = KeyPath.of("services").key(image.getKey()).then("container.image");
                if (!edits.replace(image.getKey(), target.places().place(key), image.getValue(), tried)) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "%s: the image is not written there in one piece; write it behind its key"
                                    .formatted(target.places().of(key)));
                }
            }
        }
        if (edits.areNone()) {
            console.result("%s: runs the images of %s already".formatted(to, from));
        }
        edits.write(console);
    }

    /** By service. */
    private static SortedMap<String, String> images(Environment environment) {
        SortedMap<String, String> images = new TreeMap<>();
        environment
                .services()
                .forEach((name, service) -> Stream.ofNullable(service.container())
                        .forEach(container ->
                                images.put(name.toString(), container.image().toString())));
        return images;
    }
}
