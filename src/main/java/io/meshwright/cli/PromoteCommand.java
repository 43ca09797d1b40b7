package io.meshwright.cli;

import io.meshwright.draft.RunningImage;
import io.meshwright.draft.RunningImage.Runner;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Place;
import io.meshwright.environment.reader.Reading;
import io.meshwright.file.EnvironmentFiles;
import io.meshwright.file.ImageEdits;
import io.meshwright.value.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings the images that one environment runs to another one's file, which keeps its comments and its order. */
@Command(
        name = "promote",
        description =
                "Write the images of services and their versions that differ in one environment into another one's file.")
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
        Console console = Console.of(spec.commandLine(), surroundings.references());
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
        promote(RunningImage.of(source.get().value()), target.get(), new ImageEdits(file), console);
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
            SortedMap<Runner, RunningImage> tried,
            Reading.Accepted<Environment> target,
            ImageEdits edits,
            Console console)
            throws IOException {
        SortedMap<Runner, RunningImage> running = RunningImage.of(target.value());
        for (RunningImage image : running.values()) {
            RunningImage wanted = tried.get(image.of());
            if (wanted != null && !wanted.image().equals(afterwards(image, tried))) {
                promote(wanted.image(), image, target, edits);
            }
        }
        if (edits.areNone()) {
            console.result("%s: runs the images of %s already".formatted(to, from));
        }
        write(edits, console);
        tried.keySet().stream()
                .filter(runner -> runner.version() != null && !running.containsKey(runner))
                .filter(runner -> running.containsKey(new Runner(runner.service(), null)))
                .forEach(runner -> console.result(
                        "%s: has no %s; write it into its release where %s shall run it".formatted(to, runner, to)));
    }

    private static void write(ImageEdits edits, Console console) throws IOException {
        for (Map.Entry<Path, String> file : edits.files().entrySet()) {
            Files.createDirectories(file.getKey().toAbsolutePath().getParent());
            new GeneratedFile(file.getKey()).replaceBy(file.getValue(), console);
        }
        edits.changes().forEach(console::result);
    }

    /** A version without an image of its own has by then that which was brought to its service. */
    private static ImageReference afterwards(RunningImage image, SortedMap<Runner, RunningImage> tried) {
        RunningImage service = tried.get(new Runner(image.of().service(), null));
        return image.written() || service == null ? image.image() : service.image();
    }

    private void promote(
            ImageReference tried, RunningImage image, Reading.Accepted<Environment> target, ImageEdits edits)
            throws IOException {
        Place place = target.places().place(image.key());
        boolean service = image.of().version() == null;
        if (!service && !image.written()) {
            throw wrong(target, image, "runs the service's image here, and %s in %s; write it there", tried, from);
        }
        if (!service && !edits.isOwn(place)) {
            throw wrong(target, image, "has its image from a base, which others share; write the release into %s", to);
        }
        if (!edits.replace(image.of().service().toString(), place, image.image().toString(), tried.toString())) {
            throw wrong(target, image, "does not have its image there in one piece; write it behind its key");
        }
    }

    private ParameterException wrong(
            Reading.Accepted<Environment> target, RunningImage image, String problem, Object... words) {
        return new ParameterException(
                spec.commandLine(),
                "%s: %s %s".formatted(target.places().of(image.key()), image.of(), problem.formatted(words)));
    }
}
