package io.meshwright.cli;

import io.meshwright.cli.shell.Progress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The word before the command; alone it does nothing. */
@Command(
        name = "meshwright",
        description = "Synthesizes complete Istio platforms from one typed environment file per cluster.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class RootCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an unexpected failure happens (also: MESHWRIGHT_DEBUG=1).")
    private boolean debug;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print what was asked for and problems only, not what was done.")
    private boolean quiet;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "Print without colours (also: NO_COLOR).")
    private boolean colourless;

    private @Nullable Progress progress;

    /** The options that every command takes; those of a command line of another program are as usual. */
    static RootCommand of(CommandLine line) {
        return line.getCommandSpec().root().userObject() instanceof RootCommand root ? root : new RootCommand();
    }

    boolean quiet() {
        return quiet;
    }

    boolean colourless() {
        return colourless;
    }

    Optional<Progress> progress() {
        return Optional.ofNullable(progress);
    }

    /** Runs a command; a person at the terminal sees how long it takes. */
    int run(ParseResult parsed, boolean watched) {
        CommandLine.RunLast work = new CommandLine.RunLast();
        if (!watched || quiet) {
            return work.execute(parsed);
        }
        CommandLine line = spec.commandLine();
        String name = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().name() : spec.name();
        try (Progress counting = Progress.of(name, line.getErr())) {
            progress = counting;
            return work.execute(parsed);
        }
    }

    boolean debug() {
        return debug;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
