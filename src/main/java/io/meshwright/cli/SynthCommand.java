package io.meshwright.cli;

import io.meshwright.output.Distribution;
import io.meshwright.output.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(names = "--env", paramLabel = "NAME", description = "Only this environment; may be given again.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--environments",
            paramLabel = "DIR",
            description = "Where the environment files are (default: environments).")
    private Path environments;

    @Option(
            names = "--dist",
            paramLabel = "DIR",
            description = "Where manifests go (default: $CDK8S_OUTDIR, else dist).")
    private Path dist;

    @Option(names = "--fresh", description = "Render everything, also what has not changed since it was last rendered.")
    private boolean fresh;

    SynthCommand(Synthesis synthesis, Surroundings surroundings) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        return run(Console.of(spec.commandLine())).number();
    }

    private ExitCode run(Console console) throws IOException {
        Distribution distribution = Distribution.at(dist == null ? surroundings.dist() : dist);
        if (distribution.recover()
                instanceof Outcome.Refused refused) { // first of all: what follows builds on a whole state
            console.problems(refused.problems());
            return ExitCode.USAGE;
        }
        EnvironmentFiles files =
                EnvironmentFiles.in(environments == null ? surroundings.home().resolve("environments") : environments);
        if (!files.problems(names).isEmpty()) {
            console.problems(files.problems(names));
            return ExitCode.USAGE;
        }
        return synthesis.run(files.chosen(names), distribution, fresh, console);
    }
}
