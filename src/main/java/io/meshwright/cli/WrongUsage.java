package io.meshwright.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a command line that cannot be understood with one line, and names the nearest word that could be. */
final class WrongUsage implements IParameterExceptionHandler {
    private final String program;

    /** @param program how the user starts it */
    WrongUsage(String program) {
        this.program = program;
    }

    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        CommandLine line = problem.getCommandLine();
        String name = line.getCommandSpec().qualifiedName();
        Console.of(line)
                .problem("%s: %s; \"%s --help\" says what it takes"
                        .formatted(
                                name,
                                lowered(String.valueOf(problem.getMessage())),
                                name.replaceFirst("^\\S+", Matcher.quoteReplacement(program))));
        UnmatchedArgumentException.printSuggestions(problem, line.getErr());
        return ExitCode.USAGE.number();
    }

    /** Begins in lower case, unless with a name such as PATH. */
    private static String lowered(String message) {
        boolean name = message.length() > 1 && Character.isUpperCase(message.charAt(1));
        return name ? message : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
