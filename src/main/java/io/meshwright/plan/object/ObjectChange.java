package io.meshwright.plan.object;

import io.meshwright.manifest.Manifest;
import java.util.List;

/** One object that both sides do not say alike. */
public sealed interface ObjectChange {
    /** The identity under which a reviewer knows it: the one after the change where it has one. */
    ObjectId id();

    /** Only the second side has it. */
    record Added(ObjectId id, Manifest after) implements ObjectChange {}

    /** Only the first side has it. */
    record Removed(ObjectId id, Manifest before) implements ObjectChange {}

    /** Both have it, with other fields. */
    record Changed(ObjectId id, Manifest before, Manifest after, List<FieldChange> fields) implements ObjectChange {}

    /** The same under another name or in another namespace: for a cluster, one is removed and one is added. */
    record Renamed(ObjectId id, ObjectId from, Manifest before, Manifest after) implements ObjectChange {}

    /** The same in another file, which changes nothing in a cluster. */
    record Moved(ObjectId id, String from, String to) implements ObjectChange {}
}
