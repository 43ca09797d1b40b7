package io.meshwright.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Option(
            names = "--prune",
            description = "Remove what was written for environments whose file is gone, as their inventory lists it.")
    private boolean prune;

    SynthCommand(Synthesis synthesis, Surroundings surroundings) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (prune && environments.areNamed()) {
            throw new ParameterException(spec.commandLine(), "--prune: looks at every environment; leave out --env");
        }
        Console console = Console.of(spec.commandLine());
        ExitCode rendered = environments.render(synthesis, surroundings, fresh, console);
        return (rendered == ExitCode.CLEAN && !environments.areNamed() ? leftovers(console) : rendered).number();
    }

    private ExitCode leftovers(Console console) throws IOException {
        Leftovers leftovers = new Leftovers(
                environments.distribution(surroundings),
                EnvironmentFiles.in(environments.folder(surroundings)),
                surroundings.home().resolve("docs"));
        return prune ? leftovers.prune(console) : leftovers.tell(console);
    }
}
