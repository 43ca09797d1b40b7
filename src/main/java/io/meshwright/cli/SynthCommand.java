package io.meshwright.cli;

import io.meshwright.cli.option.Setting;
import io.meshwright.cli.option.Shard;
import io.meshwright.file.EnvironmentFiles;
import io.meshwright.output.Distribution;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

    @Mixin
    private Folders.Docs docs;

    @Option(names = "--fresh", description = "Render everything, also what has not changed since it was last rendered.")
    private boolean fresh;

    @Option(
            names = "--dry-run",
            description = "Write nothing: list what would change, and end with code 3 if anything would.")
    private boolean dry;

    @Option(
            names = "--prune",
            description = "Remove what was written for environments whose file is gone, as their inventory lists it.")
    private boolean prune;

    @Option(
            names = "--shard",
            paramLabel = "K/N",
            description = "Only the K-th of N parts of the environments, for N runs side by side.")
    private @Nullable String shard;

    @Option(
            names = Setting.OPTION,
            paramLabel = "KEY=VALUE",
            description =
                    "A key of every environment file, with --dry-run or a --dist outside the repository; may be given again.")
    private List<String> settings = new ArrayList<>();

    SynthCommand(Synthesis synthesis, Surroundings surroundings) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Shard part = asked(() -> shard == null ? new Shard(1, 1) : Shard.of(shard));
        boolean whole = !environments.areNamed() && part.parts() == 1;
        if (prune && !whole) {
            throw new ParameterException(
                    spec.commandLine(), "--prune: looks at every environment; leave out --env and --shard");
        }
        List<Setting> given = asked(() -> settings.stream().map(Setting::of).toList());
        if (!given.isEmpty() && !dry && !environments.leaves(surroundings)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--set: the next synth would undo it in dist; give --dry-run, or a --dist outside the repository");
        }
        Console console = Console.of(spec.commandLine(), docs.in(surroundings).references());
        ExitCode rendered = environments.render(
                synthesis, surroundings, new RenderedEnvironments.Manner(fresh, dry, given, part), console);
        if (!whole || rendered != ExitCode.CLEAN && rendered != ExitCode.WOULD_CHANGE) {
            return rendered.number();
        }
        ExitCode left = leftovers(console);
        return (rendered == ExitCode.CLEAN || left == ExitCode.USAGE ? left : rendered).number();
    }

    private <T> T asked(Supplier<T> option) {
        try {
            return option.get();
        } catch (InvalidValue refusal) {
            throw new ParameterException(spec.commandLine(), String.valueOf(refusal.getMessage()));
        }
    }

    private ExitCode leftovers(Console console) throws IOException {
        Distribution dist = environments.distribution(surroundings);
        Leftovers leftovers = new Leftovers(
                dry ? dist.dry() : dist,
                EnvironmentFiles.in(environments.folder(surroundings)),
                docs.in(surroundings).docs());
        return prune ? leftovers.prune(console) : leftovers.tell(console);
    }
}
