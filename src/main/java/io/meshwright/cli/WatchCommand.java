package io.meshwright.cli;

import io.meshwright.file.EnvironmentFiles;
import io.meshwright.file.SavedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Renders environments whenever one of their files is saved, in a process that stays warm. */
@Command(
        name = "watch",
        description = "Render as synth does, at once and whenever an environment file is saved, until Ctrl-C.")
final class WatchCommand implements Callable<Integer> {
    private final Synthesis synthesis;
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RenderedEnvironments environments;

    WatchCommand(Synthesis synthesis, Surroundings surroundings) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine(), surroundings.references());
        Path folder = environments.folder(surroundings);
        if (!Files.isDirectory(folder)) {
            console.problem("--environments: \"%s\" is no folder; name the one that holds the environment files"
                    .formatted(folder));
            return ExitCode.USAGE.number();
        }
        try (SavedFiles saved = SavedFiles.in(folder, EnvironmentFiles::isEnvironment)) {
            do {
                // What is wrong is told, and the next save may mend it.
                environments.render(synthesis, surroundings, RenderedEnvironments.Manner.usual(), console);
                console.news("watching %s; Ctrl-C ends it".formatted(folder));
                synthesis.rest();
                console.rest();
            } while (saved.await());
            console.problem(
                    "%s: is gone, so nothing can be saved there; make it again and start anew".formatted(folder));
            return ExitCode.USAGE.number();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.CLEAN.number();
        }
    }
}
