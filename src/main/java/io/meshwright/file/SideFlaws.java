package io.meshwright.file;

import io.meshwright.manifest.Unreadable;
import io.meshwright.manifest.Unreadable.Flaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The flaws of what two sides of a plan cannot read, line by line.
 *
 * @param refused those for which there is no plan
 * @param notes what a reader has to know about keys that both sides write twice, of which the last counts
 */
public record SideFlaws(List<String> refused, List<String> notes) {
    private static final int TOLD = 5;

    public static SideFlaws of(SideSource base, SideSource head) {
        Set<String> old = twice(base).map(flaw -> words(base, flaw)).collect(Collectors.toSet());
        List<Unreadable> shared =
                twice(head).filter(flaw -> old.contains(words(head, flaw))).toList();
        Set<String> known = shared.stream().map(flaw -> words(head, flaw)).collect(Collectors.toSet());
        List<String> refused =
                Stream.concat(own(base, known), own(head, known)).distinct().toList();
        List<String> notes = new ArrayList<>();
        shared.stream()
                .limit(TOLD)
                .map(flaw -> "on both sides: ".concat(flaw.told()))
                .forEach(notes::add);
        if (shared.size() > TOLD) {
            notes.add("and %d more".formatted(shared.size() - TOLD));
        }
        return new SideFlaws(refused, notes);
    }

    private static Stream<Unreadable> twice(SideSource side) {
        return side.flaws().filter(flaw -> flaw.flaw() == Flaw.DUPLICATE_KEY);
    }

    private static Stream<String> own(SideSource side, Set<String> known) {
        return side.flaws()
                .filter(flaw -> flaw.flaw() != Flaw.DUPLICATE_KEY || !known.contains(words(side, flaw)))
                .map(Unreadable::told);
    }

    /** A flaw as it is known again, on whatever line of its file. */
    private static String words(SideSource side, Unreadable flaw) {
        return "%s: %s".formatted(side.below(flaw.place().file()), flaw.message());
    }
}
