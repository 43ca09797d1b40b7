package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.plan.side.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All objects that two sides do not say alike, in the order of their identity. */
public final class ObjectChanges {
    /** The changes of two sides that are the same. */
    public static final ObjectChanges NONE = new ObjectChanges(List.of());

    private final List<ObjectChange> all;
    private final Set<ObjectId> touched;
    private final Set<ObjectId> inert;

    private ObjectChanges(List<ObjectChange> all) {
        this.all = List.copyOf(all);
        this.touched = new HashSet<>();
        all.forEach(change -> {
            if (!(change instanceof ObjectChange.Moved)) {
                touched.add(change.id());
            }
            if (change instanceof ObjectChange.Renamed renamed) {
                touched.add(renamed.from());
            }
        });
        this.inert = changed()
                .filter(change -> change.fields().stream().allMatch(InertFields::contain))
                .map(ObjectChange.Changed::id)
                .collect(Collectors.toSet());
    }

    public static ObjectChanges between(Side before, Side after) {
        return new ObjectChanges(new Comparison(before, after).changes());
    }

    public List<ObjectChange> all() {
        return all;
    }

    /** Tells whether a cluster notices nothing. */
    public boolean isEmpty() {
        return touched.isEmpty();
    }

    public boolean touches(Manifest manifest) {
        return touched.contains(ObjectId.of(manifest));
    }

    /**
     * The same without workloads of which only that changes which neither proxies nor policies look at, such as the
     * image.
     */
    public boolean touchesTraffic(Manifest manifest) {
        return touches(manifest) && !inert.contains(ObjectId.of(manifest));
    }

    /** Every identity that a cluster adds, changes or removes. */
    public Set<ObjectId> touched() {
        return Set.copyOf(touched);
    }

    public Stream<ObjectChange.Changed> changed() {
        return only(ObjectChange.Changed.class);
    }

    public Stream<ObjectChange.Renamed> renamed() {
        return only(ObjectChange.Renamed.class);
    }

    /** Returns what exists after the change only, under its new name too. */
    public Stream<Manifest> added() {
        return Stream.concat(
                only(ObjectChange.Added.class).map(ObjectChange.Added::after),
                only(ObjectChange.Renamed.class).map(ObjectChange.Renamed::after));
    }

    /** Returns what exists before the change only, under its old name too. */
    public Stream<Manifest> removed() {
        return Stream.concat(
                only(ObjectChange.Removed.class).map(ObjectChange.Removed::before),
                only(ObjectChange.Renamed.class).map(ObjectChange.Renamed::before));
    }

    /** Returns what a cluster gets to see: added objects, and changed ones as they will be. */
    public Stream<Manifest> written() {
        return Stream.concat(added(), changed().map(ObjectChange.Changed::after));
    }

    /** Every object of either side that differs on the other. */
    public Stream<Manifest> differing() {
        return Stream.concat(Stream.concat(written(), removed()), changed().map(ObjectChange.Changed::before));
    }

    private <C extends ObjectChange> Stream<C> only(Class<C> sort) {
        return all.stream().filter(sort::isInstance).map(sort::cast);
    }

    /** The work, which remembers what it has found. */
    private static final class Comparison {
        private final Side before;
        private final Side after;
        private final NormalForm formBefore;
        private final NormalForm formAfter;

        Comparison(Side before, Side after) {
            this.before = before;
            this.after = after;
            this.formBefore = form(before.mesh());
            this.formAfter = form(after.mesh());
        }

        private static NormalForm form(Mesh mesh) {
            return new NormalForm(new CustomResources(mesh.version(), mesh.manifests()));
        }

        /** The last of several written under one identity is what stays when they are applied. */
        private static Map<ObjectId, Manifest> byId(Side side) {
            Map<ObjectId, Manifest> byId = new TreeMap<>();
            side.manifests().all().forEach(manifest -> byId.put(ObjectId.of(manifest), manifest));
            return byId;
        }

        List<ObjectChange> changes() {
            List<ObjectChange> changes = new ArrayList<>();
            Map<ObjectId, Manifest> removed = byId(before);
            Map<ObjectId, Manifest> added = byId(after);
            for (ObjectId id : List.copyOf(removed.keySet())) {
                Manifest young = added.remove(id);
                if (young != null) {
                    both(id, Objects.requireNonNull(removed.remove(id)), young).ifPresent(changes::add);
                }
            }
            changes.addAll(renamed(removed, added));
            removed.forEach((id, manifest) -> changes.add(new ObjectChange.Removed(id, manifest)));
            added.forEach((id, manifest) -> changes.add(new ObjectChange.Added(id, manifest)));
            changes.sort(Comparator.comparing(ObjectChange::id));
            return changes;
        }

        private Optional<ObjectChange> both(ObjectId id, Manifest old, Manifest young) {
            if (!old.body().equals(young.body())) {
                List<FieldChange> fields = FieldChange.between(formBefore.of(old), formAfter.of(young));
                if (!fields.isEmpty()) {
                    return Optional.of(new ObjectChange.Changed(id, old, young, fields));
                }
            }
            String from = before.file(old);
            String to = after.file(young);
            boolean stays = from.equals(to) || from.isEmpty() || to.isEmpty(); // a side of one file has no places in it
            return stays ? Optional.empty() : Optional.of(new ObjectChange.Moved(id, from, to));
        }

        /** Takes pairs of one kind that differ in nothing but their names out of both. */
        private List<ObjectChange> renamed(Map<ObjectId, Manifest> removed, Map<ObjectId, Manifest> added) {
            Map<Nameless, List<ObjectId>> young = new HashMap<>();
            added.forEach(
                    (id, manifest) -> young.computeIfAbsent(nameless(formAfter, manifest), none -> new ArrayList<>(1))
                            .add(id));
            List<ObjectChange> renamed = new ArrayList<>();
            for (ObjectId from : List.copyOf(removed.keySet())) {
                Manifest old = Objects.requireNonNull(removed.get(from));
                List<ObjectId> alike = young.getOrDefault(nameless(formBefore, old), List.of());
                Manifest only = alike.size() == 1 ? added.remove(alike.get(0)) : null;
                if (only != null) {
                    removed.remove(from);
                    renamed.add(new ObjectChange.Renamed(alike.get(0), from, old, only));
                }
            }
            return renamed;
        }

        private record Nameless(Kind kind, JsonNode form) {}

        private static Nameless nameless(NormalForm normal, Manifest manifest) {
            JsonNode form = normal.of(manifest);
            if (form.path("metadata") instanceof ObjectNode metadata) {
                metadata.remove(List.of("name", "namespace"));
            }
            return new Nameless(manifest.kind(), form);
        }
    }
}
