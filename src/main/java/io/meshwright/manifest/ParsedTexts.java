package io.meshwright.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The bodies of documents without a flaw, by their text, so that what two readers read alike is parsed once and is the
 * same body for both. Any number of threads may use it.
 */
public final class ParsedTexts {
    private static final ParsedTexts NONE = new ParsedTexts(false);

    private final Map<String, Parsed> known = new ConcurrentHashMap<>();
    private final boolean kept;

    private ParsedTexts(boolean kept) {
        this.kept = kept;
    }

    /** Knows none and keeps none. */
    static ParsedTexts none() {
        return NONE;
    }

    /** Keeps each for the next reader. */
    public static ParsedTexts shared() {
        return new ParsedTexts(true);
    }

    private record Parsed(int firstLine, List<Document.Root> roots) {}

    List<Document.Root> roots(Document document, Consumer<Unreadable> unreadable) {
        if (!kept) {
            return document.roots(unreadable);
        }
        String text = document.text();
        Parsed parsed = known.get(text);
        if (parsed != null) {
            int lines = document.firstLine() - parsed.firstLine();
            return parsed.roots().stream()
                    .map(root -> new Document.Root(root.index(), root.body(), document.place(root.place(), lines)))
                    .toList();
        }
        List<Unreadable> flaws = new ArrayList<>();
        List<Document.Root> roots = document.roots(flaws::add);
        flaws.forEach(unreadable);
        if (flaws.isEmpty()) {
            known.put(text, new Parsed(document.firstLine(), roots));
        }
        return roots;
    }
}
