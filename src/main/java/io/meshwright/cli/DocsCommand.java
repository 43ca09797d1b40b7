package io.meshwright.cli;

import io.meshwright.check.Catalogue;
import io.meshwright.check.Codes;
import io.meshwright.check.Coverage;
import io.meshwright.file.EnvironmentFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the pages of documentation that the program knows better than any author. */
@Command(
        name = "docs",
        description =
                "Write the generated pages of docs: checks, keys, and of each environment capacity, map, monitoring, posture,"
                        + " routes, runbooks, secrets and upgrade.")
final class DocsCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final EnvironmentPages pages;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Folders.Environments environments;

    @Mixin
    private Folders.Docs docs;

    @Mixin
    private Folders.Extensions extensions;

    DocsCommand(Surroundings surroundings, EnvironmentPages pages) {
        this.surroundings = surroundings;
        this.pages = pages;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = docs.in(surroundings).docs();
        Console console =
                Console.of(spec.commandLine(), surroundings.withDocs(folder).references());
        EnvironmentFiles files =
                EnvironmentFiles.in(environments.in(surroundings).environments());
        List<String> problems = files.problems(List.of());
        if (!problems.isEmpty()) {
            console.problems(problems);
            return ExitCode.USAGE.number();
        }
        Optional<SortedMap<String, String>> described =
                pages.of(new Rendering.Asked(files.chosen(List.of()), extensions.in(surroundings)), console);
        if (described.isEmpty()) {
            return ExitCode.USAGE.number();
        }
        new GeneratedFile(folder.resolve("checks.md")).replaceBy(Catalogue.markdown(), console);
        GeneratedFile codes = new GeneratedFile(folder.resolve("codes.txt"));
        codes.replaceBy(Codes.listing(codes.text()), console);
        new GeneratedFile(folder.resolve("coverage.md")).replaceBy(Coverage.markdown(), console);
        KeysCommand.write(folder, console);
        for (var page : described.get().entrySet()) {
            new GeneratedFile(folder.resolve(page.getKey())).replaceBy(page.getValue(), console);
        }
        return ExitCode.CLEAN.number();
    }
}
