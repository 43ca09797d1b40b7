package io.meshwright.manifest;

import java.util.List;

/**
 * The objects that were read, and all that could not be read; both in an order that does not depend on the order of
 * reading.
 */
public record Reading(Manifests manifests, List<Unreadable> unreadable) {
    /** Returns the flaws of what cannot be read, line by line; what was never meant for Kubernetes is none of it. */
    public List<String> flaws() {
        return unreadable.stream()
                .filter(flaw -> flaw.flaw() != Unreadable.Flaw.FOREIGN)
                .map(flaw -> "%s: %s".formatted(flaw.place(), flaw.message()))
                .toList();
    }
}
