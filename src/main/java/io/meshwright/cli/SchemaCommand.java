package io.meshwright.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the schema by which editors complete and underline environment files. */
@Command(name = "schema", description = "Write the JSON Schema of environment files beside them.")
final class SchemaCommand implements Callable<Integer> {
    private final Supplier<String> schema;
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Folders.Environments environments;

    @Option(names = "--print", description = "Print the schema instead.")
    private boolean print;

    SchemaCommand(Supplier<String> schema, Surroundings surroundings) {
        this.schema = schema;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine());
        if (print) {
            console.result(schema.get().stripTrailing());
        } else {
            new GeneratedFile(environments.in(surroundings).environments().resolve("schema.json"))
                    .replaceBy(schema.get(), console);
        }
        return ExitCode.CLEAN.number();
    }
}
