package io.meshwright.check;

import io.meshwright.manifest.Unreadable;

/** Hands what the reader could not read to the inspection that knows its rule. */
final class Flaws {
    private Flaws() {}

    static Finding finding(Unreadable unreadable) {
        return switch (unreadable.flaw()) {
            case FILE, ENCODING, SIZE -> FilesReadable.finding(unreadable);
            case SYNTAX, RECURSION, DUPLICATE_KEY -> DocumentsAreYaml.finding(unreadable);
            case INCOMPLETE, FOREIGN, TEMPLATE -> DocumentsAreObjects.finding(unreadable);
        };
    }
}
