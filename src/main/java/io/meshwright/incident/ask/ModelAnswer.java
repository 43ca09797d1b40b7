package io.meshwright.incident.ask;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.meshwright.disclosure.DataFence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of a model, as plain text that cannot be taken for ours. */
public final class ModelAnswer {
    private static final int MOST = 6_000;
    private static final String UNKNOWN = " [?]";
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._/:|@=-]*[A-Za-z0-9])?");
    /** Matches what is no word of a language: with marks or digits in it, or with a second capital, as kinds have. */
    private static final Pattern NAME = Pattern.compile("[._/:|@=-]|[0-9]|[a-z][A-Z]");

    /** A status such as 503 is one too; a number of two digits counts something. */
    private static final Pattern NUMBERED = Pattern.compile("[0-9]");

    private static final int SHORTEST = 4;
    private static final int SHORTEST_NUMBERED = 3;

    private ModelAnswer() {}

    /**
     * Line by line, each with a mark in front; behind a name that stands nowhere in the prompt stands {@code [?]}.
     *
     * @param model by which name it was asked
     */
    public static List<String> lines(String model, String answer, Prompt prompt) {
        String known = prompt.data().toLowerCase(Locale.ROOT);
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                "what the model %s says; nobody has checked it, and [?] marks what stands nowhere in what it was given:"
                        .formatted(model));
        DataFence.shown(answer, MOST)
                .lines()
                .forEach(line -> lines.add("  %s> %s".formatted(model, marked(line, known))));
        return lines;
    }

    private static String marked(String line, String known) {
        Matcher word = WORD.matcher(line);
        StringBuilder marked = new StringBuilder();
        int end = 0;
        while (word.find()) {
            marked.append(line, end, word.end());
            end = word.end();
            String name = word.group();
            if ((isName(name) || isQuoted(line, word)) && !known.contains(name.toLowerCase(Locale.ROOT))) {
                marked.append(UNKNOWN);
            }
        }
        return marked.append(line, end, line.length()).toString();
    }

    private static boolean isName(String word) {
        return word.length() >= (NUMBERED.matcher(word).find() ? SHORTEST_NUMBERED : SHORTEST)
                && NAME.matcher(word).find();
    }

    /** Models write names that are ordinary words between backquotes. */
    private static boolean isQuoted(String line, Matcher word) {
        return word.start() > 0
                && line.charAt(word.start() - 1) == '`'
                && word.end() < line.length()
                && line.charAt(word.end()) == '`';
    }
}
