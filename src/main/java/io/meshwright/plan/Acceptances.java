package io.meshwright.plan;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes that somebody has looked at: {@code PLAN104 SUBJECT reason}, one on a line, in a file or behind
 * {@code Meshwright-Accept:} in a commit's message. They mark a change and never hide it.
 */
public final class Acceptances {
    private static final Pattern TRAILER = Pattern.compile("(?m)^Meshwright-Accept:[ \\t]*(.+)$");
    private static final Pattern LINE = Pattern.compile("(PLAN[0-9]{3}) +(\\S+ .*\\S)");

    private record Accepted(ChangeRule rule, String rest, String by) {}

    private final List<Accepted> accepted;

    private Acceptances(List<Accepted> accepted) {
        this.accepted = List.copyOf(accepted);
    }

    public static Acceptances none() {
        return new Acceptances(List.of());
    }

    /**
     * Of a file in which lines that begin with a hash say nothing.
     *
     * @throws InvalidValue for a line of another form
     */
    public static Acceptances ofFile(String name, String text) {
        List<Accepted> accepted = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                String place = "%s:%d".formatted(name, number);
                accepted.add(
                        parsed(line.strip(), place)
                                .orElseThrow(
                                        () -> new InvalidValue(
                                                place,
                                                "\"%s\" accepts nothing".formatted(line.strip()),
                                                "write a code of a plan, its subject and a reason, such as PLAN305 Namespace shop moved to another cluster")));
            }
        }
        return new Acceptances(accepted);
    }

    /** Of the trailers of a commit's message; lines of another form are no acceptance. */
    public static Acceptances ofCommit(String author, String message) {
        List<Accepted> accepted = new ArrayList<>();
        Matcher trailer = TRAILER.matcher(message);
        while (trailer.find()) {
            parsed(trailer.group(1).strip(), author).ifPresent(accepted::add);
        }
        return new Acceptances(accepted);
    }

    private static Optional<Accepted> parsed(String line, String by) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? ChangeRule.of(parts.group(1)).map(rule -> new Accepted(rule, parts.group(2), by))
                : Optional.empty();
    }

    public Acceptances and(Acceptances others) {
        List<Accepted> both = new ArrayList<>(accepted);
        both.addAll(others.accepted);
        return new Acceptances(both);
    }

    /** Returns who accepted the change: an author, or a place in a file; only with a reason behind the subject. */
    public Optional<String> by(Change change) {
        return accepted.stream()
                .filter(each -> each.rule() == change.rule()
                        && each.rest().startsWith(change.subject().concat(" ")))
                .map(Accepted::by)
                .findFirst();
    }
}
