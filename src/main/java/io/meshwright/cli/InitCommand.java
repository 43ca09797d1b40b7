package io.meshwright.cli;

import io.meshwright.cli.option.NewEnvironment;
import io.meshwright.cli.option.Questions;
import io.meshwright.draft.CopiedEnvironment;
import io.meshwright.draft.EnvironmentDraft;
import io.meshwright.draft.PublicHosts;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.file.EnvironmentFiles;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the file of a new environment. */
@Command(
        name = "init",
        description = "Write the file of a new environment: by options, by answers on a terminal, or as a copy of"
                + " another one.")
final class InitCommand implements Callable<Integer> {
    private final Synthesis synthesis;
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Folders.Environments environments;

    @Mixin
    private NewEnvironment wanted;

    @Parameters(index = "0", paramLabel = "NAME", description = "The environment: its file and its folder in dist.")
    private String name;

    @Option(
            names = "--from",
            paramLabel = "ENV",
            description = "Copy this environment's file with its comments; hosts, address and cluster get new names.")
    private @Nullable String from;

    InitCommand(Synthesis synthesis, Surroundings surroundings) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine(), surroundings.references());
        Path folder = environments.in(surroundings).environments();
        try {
            Name called = named();
            Path file = folder.resolve("%s.yaml".formatted(called));
            if (Files.exists(file)) {
                throw new InvalidValue(
                        "NAME", "\"%s\" exists".formatted(file), "choose another name, or edit the file that there is");
            }
            Questions questions = Questions.ofProcess(spec.commandLine().getOut());
            return (from == null
                            ? draft(called, file, questions, console)
                            : copy(from, called, file, questions, console))
                    .number();
        } catch (InvalidValue wrong) {
            console.problem("%s: %s".formatted(spec.qualifiedName(), wrong.getMessage()));
            return ExitCode.USAGE.number();
        }
    }

    private Name named() {
        try {
            return Name.of(name);
        } catch (InvalidValue wrong) {
            throw wrong.under("NAME");
        }
    }

    private ExitCode draft(Name called, Path file, Questions questions, Console console) throws IOException {
        EnvironmentDraft draft = wanted.draft(called, questions);
        String text = draft.text();
        if (EnvironmentReader.read(file.toString(), text.getBytes(StandardCharsets.UTF_8))
                instanceof Reading.Refused<Environment> refused) {
            console.refusals(refused.problems());
            return ExitCode.USAGE;
        }
        write(file, text, console);
        return next(called, console);
    }

    private ExitCode copy(String source, Name called, Path file, Questions questions, Console console)
            throws IOException {
        EnvironmentFiles files =
                EnvironmentFiles.in(environments.in(surroundings).environments());
        if (!files.names().contains(source)) {
            throw new InvalidValue(
                    "--from",
                    "\"%s\" has no file in \"%s\"".formatted(source, file.getParent()),
                    files.names().isEmpty()
                            ? "name the folder that has it with --environments"
                            : "use one of %s".formatted(String.join(", ", files.names())));
        }
        Path copied = files.chosen(List.of(source)).get(0);
        Reading<Environment> old = synthesis.read(copied);
        if (!(old instanceof Reading.Accepted<Environment> accepted)) {
            console.refusals(((Reading.Refused<Environment>) old).problems());
            return ExitCode.USAGE;
        }
        CopiedEnvironment.Names names = wanted.names(source, called, accepted.value(), questions);
        write(file, CopiedEnvironment.of(Files.readString(copied), names), console);
        images(copied, file, console);
        Reading<Environment> made = synthesis.read(file);
        if (made instanceof Reading.Refused<Environment> refused) {
            console.refusals(refused.problems());
            return ExitCode.USAGE;
        }
        return same(accepted.value(), ((Reading.Accepted<Environment>) made).value(), file, console)
                ? ExitCode.USAGE
                : next(called, console);
    }

    /** Tells what both would have, as a base gives it to both. */
    private static boolean same(Environment old, Environment made, Path file, Console console) {
        SortedSet<Host> both = PublicHosts.of(old);
        both.retainAll(PublicHosts.of(made));
        if (!both.isEmpty()) {
            console.problem("%s: has %s as %s has, from a file that both extend; give it hosts of its own"
                    .formatted(
                            file,
                            both.stream().map(Host::toString).collect(Collectors.joining(", ")),
                            old.metadata().name()));
        }
        return !both.isEmpty();
    }

    private static void images(Path copied, Path file, Console console) throws IOException {
        Path images = copied.resolveSibling("images").resolve(copied.getFileName());
        if (Files.isRegularFile(images)) {
            write(file.resolveSibling("images").resolve(file.getFileName()), Files.readString(images), console);
        }
    }

    private static void write(Path file, String text, Console console) throws IOException {
        new GeneratedFile(file).replaceBy(text, console);
    }

    private ExitCode next(Name called, Console console) {
        console.news("next: %s synth --env %s".formatted(surroundings.program(), called));
        return ExitCode.CLEAN;
    }
}
