package io.meshwright.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish, which picocli has none for (fishshell.com, complete). */
public final class FishCompletion {
    private FishCompletion() {}

    /** The script for a command line with all its commands. */
    public static String of(CommandLine root) {
        String name = root.getCommandName();
        List<String> lines = new ArrayList<>(List.of("complete -c %s -f".formatted(name)));
        for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
            lines.add("complete -c %s -n __fish_use_subcommand -a %s -d %s"
                    .formatted(name, command.getKey(), quoted(description(command.getValue()))));
        }
        root.getSubcommands().forEach((word, command) -> {
            String when = "-n '__fish_seen_subcommand_from %s'".formatted(word);
            command.getCommandSpec()
                    .options()
                    .forEach(option -> lines.add("complete -c %s %s %s".formatted(name, when, option(option))));
            boolean takesFiles = command.getCommandSpec().positionalParameters().stream()
                    .anyMatch(parameter -> parameter.paramLabel().contains("PATH")
                            || parameter.paramLabel().contains("BASE"));
            if (takesFiles) {
                lines.add("complete -c %s %s -F".formatted(name, when));
            }
        });
        return String.join("\n", lines).concat("\n");
    }

    private static String option(OptionSpec option) {
        StringBuilder words = new StringBuilder();
        for (String name : option.names()) {
            words.append(name.startsWith("--") ? "-l " : "-s ")
                    .append(name.replaceFirst("^-+", ""))
                    .append(' ');
        }
        if (option.arity().max() > 0) {
            List<String> choices = choices(option);
            words.append(choices.isEmpty() ? "-r -F " : "-x -a %s ".formatted(quoted(String.join(" ", choices))));
        }
        return words.append("-d ")
                .append(quoted(String.join(" ", option.description())))
                .toString();
    }

    private static List<String> choices(OptionSpec option) {
        List<String> choices = new ArrayList<>();
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(choices::add);
        }
        String label = option.paramLabel();
        return choices.isEmpty() && label.matches("[\\w-]+(\\|[\\w-]+)+")
                ? List.of(label.split("\\|"))
                : choices.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    static String description(CommandLine command) {
        String[] description = command.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'%s'".formatted(text.replace("%n", " ").replace("\\", "\\\\").replace("'", "\\'"));
    }
}
