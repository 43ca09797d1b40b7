package io.meshwright.cli;

import io.meshwright.check.Catalogue;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the pages of documentation that the program knows better than any author. */
@Command(name = "docs", description = "Write docs/checks.md from the catalogue of checks.")
final class DocsCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private CommandSpec spec;

  DocsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    new GeneratedFile(surroundings.home().resolve("docs").resolve("checks.md"))
        .replaceBy(Catalogue.markdown(), Console.of(spec.commandLine()));
    return ExitCode.CLEAN.number();
  }
}
