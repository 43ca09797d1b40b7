package io.meshwright.cli;

import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Every command of the program, registered here and nowhere else. */
public final class Commands {
    private Commands() {}

    /**
     * The command line, ready to execute.
     *
     * @param variables the process's environment variables
     */
    public static CommandLine line(
            Map<String, String> variables, Synthesis synthesis, Supplier<String> schema, EnvironmentPages pages) {
        Surroundings surroundings = Surroundings.of(variables);
        RootCommand root = new RootCommand();
        return new CommandLine(root)
                .addSubcommand(new SynthCommand(synthesis, surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new DocsCommand(surroundings, pages))
                .addSubcommand(new PromoteCommand(synthesis, surroundings))
                .addSubcommand(new SchemaCommand(schema, surroundings))
                .addSubcommand(new TraceCommand(surroundings))
                .addSubcommand(new WatchCommand(synthesis, surroundings))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new UnexpectedFailure(() -> surroundings.debug() || root.debug()))
                .setParameterExceptionHandler(new WrongUsage());
    }
}
