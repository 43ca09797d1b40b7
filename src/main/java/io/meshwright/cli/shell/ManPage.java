package io.meshwright.cli.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Manual pages in roff (man-pages(7)). picocli-codegen writes AsciiDoc, which wants another program to become one. */
public final class ManPage {
    private final CommandLine command;
    private final List<String> lines = new ArrayList<>();

    private ManPage(CommandLine command) {
        this.command = command;
    }

    /**
     * The page of a command line and one for each of its commands, by file name.
     *
     * @param exits meaning by exit code
     */
    public static SortedMap<String, String> all(CommandLine root, Map<Integer, String> exits) {
        SortedMap<String, String> pages = new TreeMap<>();
        pages.put("%s.1".formatted(root.getCommandName()), new ManPage(root).text(root.getCommandName(), exits));
        root.getSubcommands().forEach((word, command) -> {
            String name = "%s-%s".formatted(root.getCommandName(), word);
            pages.put("%s.1".formatted(name), new ManPage(command).text(name, exits));
        });
        return pages;
    }

    private String text(String name, Map<Integer, String> exits) {
        CommandSpec spec = command.getCommandSpec();
        lines.add(".TH \"%s\" 1".formatted(name.toUpperCase(Locale.ROOT)));
        section("NAME");
        plain("%s - %s".formatted(name, FishCompletion.description(command)));
        section("SYNOPSIS");
        plain(synopsis());
        section("DESCRIPTION");
        plain(FishCompletion.description(command));
        if (!spec.positionalParameters().isEmpty() || !spec.options().isEmpty()) {
            section("OPTIONS");
        }
        spec.positionalParameters().forEach(each -> item(each.paramLabel(), each.description()));
        spec.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> item(label(option), rendered(option)));
        if (!command.getSubcommands().isEmpty()) {
            section("COMMANDS");
            command.getSubcommands()
                    .forEach((word, each) -> item(word, new String[] {FishCompletion.description(each)}));
        }
        section("EXIT STATUS");
        exits.forEach((code, meaning) -> item(String.valueOf(code), new String[] {meaning}));
        return String.join("\n", lines).concat("\n");
    }

    private String synopsis() {
        return new Help(command.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF))
                .synopsis(0)
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String label(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : "%s=%s".formatted(names, option.paramLabel());
    }

    private static String[] rendered(OptionSpec option) {
        return Arrays.stream(option.description())
                .map(line -> line.replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()))
                        .replace("${COMPLETION-CANDIDATES}", candidates(option)))
                .toArray(String[]::new);
    }

    private static String candidates(OptionSpec option) {
        List<String> words = new ArrayList<>();
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(words::add);
        }
        return String.join(", ", words);
    }

    private void section(String title) {
        lines.add(".SH %s".formatted(title));
    }

    private void item(String label, String[] text) {
        lines.add(".TP");
        lines.add("\\fB%s\\fR".formatted(escaped(label)));
        plain(String.join(" ", text));
    }

    private void plain(String text) {
        lines.add(escaped(text));
    }

    /** Nothing begins a request, and a dash can be copied into a shell. */
    private static String escaped(String text) {
        String safe = text.replace("\\", "\\e").replace("-", "\\-").replace("%n", " ");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&".concat(safe) : safe;
    }
}
