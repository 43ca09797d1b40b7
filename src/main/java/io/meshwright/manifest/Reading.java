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
                .filter(Unreadable::isFlaw)
                .map(Unreadable::told)
                .toList();
    }

    /** All of them, as if they had been read at once. */
    public static Reading together(List<Reading> readings) {
        return new Reading(
                Manifests.of(readings.stream()
                        .flatMap(reading -> reading.manifests().all().stream())
                        .toList()),
                readings.stream()
                        .flatMap(reading -> reading.unreadable().stream())
                        .sorted()
                        .toList());
    }

    /** The same as an installer puts it into a namespace: objects that live in one and name none name this one. */
    public Reading into(String namespace) {
        return new Reading(
                Manifests.of(manifests.all().stream()
                        .flatMap(KustomizedObject::of)
                        .map(object -> object.into(namespace))
                        .toList()),
                unreadable);
    }
}
