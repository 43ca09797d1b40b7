package io.meshwright.cli;

import io.meshwright.cli.option.Setting;
import io.meshwright.cli.option.Shard;
import io.meshwright.file.EnvironmentFiles;
import io.meshwright.output.Distribution;
import io.meshwright.output.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The environments that a command renders, and their folder: the options that synth and watch share. */
final class RenderedEnvironments {
    @Option(names = "--env", paramLabel = "NAME", description = "Only this environment; may be given again.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private Folders.Environments environments;

    @Mixin
    private Folders.Dist dist;

    @Mixin
    private Folders.Extensions extensions;

    /** The folder of the environment files. */
    Path folder(Surroundings surroundings) {
        return environments.in(surroundings).environments();
    }

    /** The folder of the manifests. */
    Distribution distribution(Surroundings surroundings) {
        return Distribution.at(dist.in(surroundings).dist());
    }

    /** Tells whether only those that were named are rendered. */
    boolean areNamed() {
        return !names.isEmpty();
    }

    /**
     * Tells whether the manifests go outside the repository, where no other synth undoes what is special about this
     * one.
     */
    boolean leaves(Surroundings surroundings) {
        Path home = surroundings.home().toAbsolutePath().normalize();
        Path written = dist.in(surroundings).dist();
        return dist.isNamed() && !written.toAbsolutePath().normalize().startsWith(home);
    }

    /**
     * The manner of rendering.
     *
     * @param fresh everything, also what has not changed
     * @param dry without writing anything
     * @param settings keys of the command line
     * @param shard the part of them
     */
    record Manner(boolean fresh, boolean dry, List<Setting> settings, Shard shard) {
        static Manner usual() {
            return new Manner(false, false, List.of(), new Shard(1, 1));
        }
    }

    /** Renders them, or says why not. */
    ExitCode render(Synthesis synthesis, Surroundings surroundings, Manner manner, Console console) throws IOException {
        Distribution written = distribution(surroundings);
        Distribution distribution = manner.dry() ? written.dry() : written;
        Optional<String> unwritable = unwritable(distribution);
        if (unwritable.isPresent()) {
            console.problem(unwritable.get());
            return ExitCode.USAGE;
        }
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
        Shard shard = manner.shard();
        List<Path> chosen = shard.of(files.chosen(names));
        if (chosen.isEmpty()) {
            console.result("--shard %d/%d: has no environment".formatted(shard.part(), shard.parts()));
            return ExitCode.CLEAN;
        }
        return synthesis.run(
                new Synthesis.Request(
                        chosen,
                        files.chosen(List.of()),
                        distribution,
                        manner.fresh(),
                        manner.settings(),
                        extensions.in(surroundings)),
                console);
    }

    /** Why nothing can be written there, before minutes are spent on what would be. */
    private static Optional<String> unwritable(Distribution dist) {
        Path standing = dist.path().toAbsolutePath();
        while (standing.getParent() != null && !Files.exists(standing)) {
            standing = standing.getParent();
        }
        if (!Files.isDirectory(standing)) {
            return Optional.of("--dist: \"%s\" is a file; name a folder".formatted(standing));
        }
        return dist.isDry() || Files.isWritable(standing)
                ? Optional.empty()
                : Optional.of("--dist: \"%s\" may not be written to; name another folder, or ask for the right"
                        .formatted(standing));
    }
}
