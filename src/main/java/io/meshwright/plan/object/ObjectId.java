package io.meshwright.plan.object;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import java.util.Comparator;

/** The identity under which the API server keeps an object; an empty namespace where none is written. */
public record ObjectId(Kind kind, String namespace, String name) implements Comparable<ObjectId> {
    private static final Comparator<ObjectId> ORDER = Comparator.comparing(ObjectId::kind)
            .thenComparing(ObjectId::namespace)
            .thenComparing(ObjectId::name);

    public static ObjectId of(Manifest manifest) {
        return new ObjectId(manifest.kind(), manifest.namespace().orElse(""), manifest.name());
    }

    @Override
    public int compareTo(ObjectId other) {
        return ORDER.compare(this, other);
    }

    /** {@code VirtualService shop/reviews}. */
    @Override
    public String toString() {
        return namespace.isEmpty()
                ? "%s %s".formatted(kind.name(), name)
                : "%s %s/%s".formatted(kind.name(), namespace, name);
    }
}
