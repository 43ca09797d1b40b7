package io.meshwright.cli;

import io.meshwright.cli.option.Questions;
import io.meshwright.heal.HealCommand;
import io.meshwright.mcp.McpCommand;
import io.meshwright.summary.Summaries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/** Every command of the program, registered here and nowhere else. */
public final class Commands {
    /** Commands that are about all others. */
    private static final Set<String> ABOUT_ALL = Set.of("completion", "man", "help");

    private final Surroundings surroundings;
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    private Commands(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * The command line, ready to execute the given arguments: where they begin with a command's name, it has that one
     * alone, since to read what a command accepts takes as long as many a command; else it has all.
     *
     * @param variables the process's environment variables
     * @param arguments what will be executed
     */
    public static CommandLine line(
            Map<String, String> variables,
            Synthesis synthesis,
            Supplier<String> schema,
            EnvironmentPages pages,
            Rendering rendering,
            String... arguments) {
        Surroundings surroundings = Surroundings.of(variables);
        return new Commands(surroundings)
                .with("synth", () -> new SynthCommand(synthesis, surroundings))
                .with("check", () -> new CheckCommand(synthesis, surroundings, paths -> Summaries.of(variables, paths)))
                .with("list", () -> new ListCommand(synthesis, surroundings))
                .with("explain", () -> new ExplainCommand(synthesis, surroundings))
                .with("keys", () -> new KeysCommand(surroundings))
                .with("init", () -> new InitCommand(synthesis, surroundings))
                .with("docs", () -> new DocsCommand(surroundings, pages))
                .with("promote", () -> new PromoteCommand(synthesis, surroundings))
                .with("schema", () -> new SchemaCommand(schema, surroundings))
                .with("trace", () -> new TraceCommand(surroundings))
                .with("plan", () -> new PlanCommand(rendering, surroundings))
                .with("incident", () -> new IncidentCommand(synthesis, surroundings, variables))
                .with("advise", () -> new AdviseCommand(synthesis, rendering, surroundings))
                .with("map", () -> new MapCommand(surroundings))
                .with(
                        "mcp",
                        () -> new McpCommand(
                                surroundings.home(),
                                Version.number(),
                                synthesis::behind,
                                line -> Console.of(line).rest()))
                .with("heal", () -> new HealCommand(variables.getOrDefault("HOSTNAME", "heal")))
                .with("watch", () -> new WatchCommand(synthesis, surroundings))
                .with("completion", CompletionCommand::new)
                .with("man", ManCommand::new)
                .with("help", Commands::help)
                .line(List.of(arguments));
    }

    private Commands with(String name, Supplier<Object> command) {
        commands.put(name, command);
        return this;
    }

    private CommandLine line(List<String> arguments) {
        RootCommand root = new RootCommand();
        CommandLine line = new CommandLine(root);
        commands.forEach((name, command) -> {
            if (arguments.isEmpty()
                    || ABOUT_ALL.contains(arguments.get(0))
                    || !commands.containsKey(arguments.get(0))
                    || name.equals(arguments.get(0))) {
                line.addSubcommand(name, command.get());
            }
        });
        boolean watched = !arguments.isEmpty() && Questions.isTerminal();
        return line.setExecutionStrategy(new Run(root, watched))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new UnexpectedFailure(() -> surroundings.debug() || root.debug()))
                .setParameterExceptionHandler(new WrongUsage(surroundings.program()));
    }

    // No lambda has a type of picocli's: its classes are of an old format, over which the JVM of JDK 25 crashes when it
    // keeps those of a run (AOT cache).
    private static Object help() {
        return new CommandLine.HelpCommand();
    }

    private record Run(RootCommand root, boolean watched) implements IExecutionStrategy {
        @Override
        public int execute(ParseResult parsed) {
            return root.run(parsed, watched);
        }
    }
}
