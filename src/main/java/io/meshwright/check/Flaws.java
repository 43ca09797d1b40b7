package io.meshwright.check;

import io.meshwright.manifest.Unreadable;

/** Turns what the reader could not read into findings. */
final class Flaws {
    private Flaws() {}

    static Finding finding(Unreadable unreadable) {
        Rule rule = switch (unreadable.flaw()) {
            case FILE, ENCODING, SIZE -> Rule.UNREADABLE_FILE;
            case SYNTAX, RECURSION -> Rule.BROKEN_DOCUMENT;
            case DUPLICATE_KEY -> Rule.DUPLICATE_KEY;
            case INCOMPLETE -> Rule.INCOMPLETE_OBJECT;
            case FOREIGN, TEMPLATE -> Rule.FOREIGN_DOCUMENT;
        };
        return rule.at(unreadable.place(), unreadable.message());
    }
}
