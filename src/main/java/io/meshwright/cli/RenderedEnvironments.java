package io.meshwright.cli;

import io.meshwright.output.Distribution;
import io.meshwright.output.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which environments a command renders, and where to: the options that synth and watch share. */
final class RenderedEnvironments {
    @Option(names = "--env", paramLabel = "NAME", description = "Only this environment; may be given again.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--environments",
            paramLabel = "DIR",
            description = "Where the environment files are (default: environments).")
    private @Nullable Path environments;

    @Option(
            names = "--dist",
            paramLabel = "DIR",
            description = "Where manifests go (default: $CDK8S_OUTDIR, else dist).")
    private @Nullable Path dist;

    /** The folder of the environment files. */
    Path folder(Surroundings surroundings) {
        return environments == null ? surroundings.home().resolve("environments") : environments;
    }

    /** Renders them, or says why not. */
    ExitCode render(Synthesis synthesis, Surroundings surroundings, boolean fresh, Console console) throws IOException {
        Distribution distribution = Distribution.at(dist == null ? surroundings.dist() : dist);
        if (distribution.recover()
                instanceof Outcome.Refused refused) { // first of all: what follows builds on a whole state
            console.problems(refused.problems());
            return ExitCode.USAGE;
        }
        EnvironmentFiles files = EnvironmentFiles.in(folder(surroundings));
        if (!files.problems(names).isEmpty()) {
            console.problems(files.problems(names));
            return ExitCode.USAGE;
        }
        return synthesis.run(
                new Synthesis.Request(files.chosen(names), files.chosen(List.of()), distribution, fresh), console);
    }
}
