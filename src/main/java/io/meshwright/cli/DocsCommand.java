package io.meshwright.cli;

import io.meshwright.check.Catalogue;
import io.meshwright.check.Codes;
import io.meshwright.check.Coverage;
import io.meshwright.cli.file.EnvironmentFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the pages of documentation that the program knows better than any author. */
@Command(
        name = "docs",
        description =
                "Write the generated pages of docs: checks, and each environment's posture, runbooks and upgrade.")
final class DocsCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final EnvironmentPages pages;

    @Spec
    private CommandSpec spec;

    DocsCommand(Surroundings surroundings, EnvironmentPages pages) {
        this.surroundings = surroundings;
        this.pages = pages;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine());
        Path docs = surroundings.home().resolve("docs");
        new GeneratedFile(docs.resolve("checks.md")).replaceBy(Catalogue.markdown(), console);
        GeneratedFile codes = new GeneratedFile(docs.resolve("codes.txt"));
        codes.replaceBy(Codes.listing(codes.text()), console);
        new GeneratedFile(docs.resolve("coverage.md")).replaceBy(Coverage.markdown(), console);
        EnvironmentFiles files = EnvironmentFiles.in(surroundings.environments());
        for (var page : pages.of(files.chosen(List.of())).entrySet()) {
            new GeneratedFile(docs.resolve(page.getKey())).replaceBy(page.getValue(), console);
        }
        return ExitCode.CLEAN.number();
    }
}
