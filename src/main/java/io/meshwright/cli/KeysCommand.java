package io.meshwright.cli;

import io.meshwright.environment.Environment;
import io.meshwright.environment.key.KeyTree;
import io.meshwright.reference.ReferencePages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the reference of environment files. */
@Command(name = "keys", description = "Write docs/reference: every key of environment files, one page for each part.")
final class KeysCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Folders.Docs docs;

    KeysCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        write(docs.in(surroundings).docs(), Console.of(spec.commandLine()));
        return ExitCode.CLEAN.number();
    }

    static void write(Path docs, Console console) throws IOException {
        for (var page : ReferencePages.of(KeyTree.of(Environment.class)).entrySet()) {
            new GeneratedFile(docs.resolve(page.getKey())).replaceBy(page.getValue(), console);
        }
    }
}
