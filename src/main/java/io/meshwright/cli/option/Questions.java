package io.meshwright.cli.option;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a person on a terminal for what options do not say; where nobody sits, collects what is missing. */
public final class Questions {
    private final @Nullable BufferedReader answers;
    private final PrintWriter questions;
    private final List<String> missing = new ArrayList<>();

    private Questions(@Nullable BufferedReader answers, PrintWriter questions) {
        this.answers = answers;
        this.questions = questions;
    }

    /** Those of this process, if a person sits at its terminal. */
    public static Questions ofProcess(PrintWriter questions) {
        return isTerminal()
                ? answered(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), questions)
                : new Questions(null, questions);
    }

    static Questions answered(BufferedReader answers, PrintWriter questions) {
        return new Questions(answers, questions);
    }

    /** The option's value, else the answer, else the usual one; nothing where none is usual and nobody answers. */
    public Optional<String> ask(String option, @Nullable String given, String question, @Nullable String usual)
            throws IOException {
        if (given != null) {
            return Optional.of(given);
        }
        if (answers == null) {
            if (usual == null) {
                missing.add(option);
            }
            return Optional.ofNullable(usual);
        }
        questions.print(usual == null || usual.isEmpty() ? question + ": " : "%s [%s]: ".formatted(question, usual));
        questions.flush();
        String answer = answers.readLine();
        if (answer == null || answer.isBlank()) {
            if (usual == null) {
                missing.add(option);
            }
            return Optional.ofNullable(usual);
        }
        return Optional.of(answer.strip());
    }

    /** The option's value, else the answer; empty where there is none, which {@link #missing()} then names. */
    public String require(String option, @Nullable String given, String question) throws IOException {
        return ask(option, given, question, null).orElse("");
    }

    /** Options for which nobody gave a value. */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    /** True if a person sits there; from Java 22 on there is a console also where no terminal is. */
    @SuppressWarnings("SystemConsoleNull") // before Java 22 it is how one knows
    public static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException older) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException none) {
            return false;
        }
    }
}
