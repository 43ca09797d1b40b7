package io.meshwright.construct.delivery.chart;

import io.meshwright.value.Require;
import java.util.Comparator;

/**
 * A kind of object.
 *
 * @param group API group without version; empty for the core group
 */
public record GroupKind(String group, String kind) implements Comparable<GroupKind> {
    private static final Comparator<GroupKind> ORDER =
            Comparator.comparing(GroupKind::group).thenComparing(GroupKind::kind);

    public GroupKind {
        Require.present("group", group);
        Require.notBlank("kind", kind);
    }

    /** Of an object's {@code apiVersion}: {@code v1} or {@code apps/v1}. */
    public static GroupKind of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return new GroupKind(slash < 0 ? "" : apiVersion.substring(0, slash), kind);
    }

    /** As environment files write it: {@code Kind}, or {@code group/Kind}. */
    public static GroupKind parse(String text) {
        int slash = text.indexOf('/');
        return new GroupKind(slash < 0 ? "" : text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(GroupKind other) {
        return ORDER.compare(this, other);
    }
}
