package io.meshwright.manifest;

import io.meshwright.manifest.Unreadable.Flaw;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Says once for a file that it holds something else than objects: a template is one in all of its documents. */
final class OncePerFile implements Predicate<Unreadable> {
    private static final Set<Flaw> NOTES = EnumSet.of(Flaw.FOREIGN, Flaw.TEMPLATE);
    private final Set<String> noted = new TreeSet<>();

    @Override
    public boolean test(Unreadable flaw) {
        return !NOTES.contains(flaw.flaw())
                || noted.add("%s %s".formatted(flaw.flaw(), flaw.place().file()));
    }
}
