package io.meshwright.cli;

import io.meshwright.cli.shell.FishCompletion;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script by which a shell completes commands and options: bash, zsh or fish.")
final class CompletionCommand implements Callable<Integer> {
    /** Shells that are known. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "bash|zsh|fish", description = "The shell.")
    private Shell shell;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        // The script for bash serves zsh too, by zsh's own emulation.
        String script = shell == Shell.FISH ? FishCompletion.of(root) : AutoComplete.bash(root.getCommandName(), root);
        Console.of(spec.commandLine()).result(script.stripTrailing());
        return ExitCode.CLEAN.number();
    }
}
