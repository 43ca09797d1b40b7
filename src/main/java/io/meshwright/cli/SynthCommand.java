package io.meshwright.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Renders each environment file into its folder of dist. */
@Command(name = "synth", description = "Render every environment, or the ones named, into dist.")
final class SynthCommand implements Callable<Integer> {
    private final Synthesis synthesis;
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RenderedEnvironments environments;

    @Option(names = "--fresh", description = "Render everything, also what has not changed since it was last rendered.")
    private boolean fresh;

    SynthCommand(Synthesis synthesis, Surroundings surroundings) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return environments
                .render(synthesis, surroundings, fresh, Console.of(spec.commandLine()))
                .number();
    }
}
