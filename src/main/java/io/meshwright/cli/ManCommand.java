package io.meshwright.cli;

import io.meshwright.cli.shell.ManPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes manual pages. */
@Command(name = "man", description = "Write manual pages, one for each command, for man -M or man FILE.")
final class ManCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "man1",
            description = "Where the pages go (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine());
        Map<Integer, String> exits = new TreeMap<>();
        for (ExitCode code : ExitCode.values()) {
            exits.put(code.number(), code.meaning());
        }
        for (var page : ManPage.all(spec.root().commandLine(), exits).entrySet()) {
            new GeneratedFile(output.resolve(page.getKey())).replaceBy(page.getValue(), console);
        }
        return ExitCode.CLEAN.number();
    }
}
