package io.meshwright.file;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Reading;
import io.meshwright.manifest.Variants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two sides of a plan whose folders hold the same objects for several clusters, each cluster by itself; those of which
 * nothing changes are left out.
 *
 * @param notes what a reader has to know about it
 */
public record Clusters(SideSource base, SideSource head, List<String> notes) {
    /** More are compared as if they were one: it would take too long, and nobody would read it. */
    private static final int MOST = 12;

    /** The same two sides where they are one cluster's, or one side has nothing but what all share. */
    public static Clusters of(SideSource base, SideSource head) {
        Clusters whole = new Clusters(base, head, List.of());
        if (base.variants().isEmpty() || head.variants().isEmpty()) {
            return whole;
        }
        One old = One.of(base);
        One young = One.of(head);
        SortedSet<String> parting = new TreeSet<>(old.parting());
        parting.addAll(young.parting());
        return parting.isEmpty() ? whole : parted(whole, old.clusters(parting), young.clusters(parting), parting);
    }

    /** One side before it is parted. */
    private record One(Variants variants, String root) {
        static One of(SideSource side) {
            return new One(
                    side.variants().orElseThrow(),
                    Objects.requireNonNull(side.roots().get("")));
        }

        Set<String> parting() {
            return variants.parting(root);
        }

        Set<List<String>> clusters(Set<String> parting) {
            return variants.clusters(root, parting);
        }
    }

    private static Clusters parted(
            Clusters whole, Set<List<String>> old, Set<List<String>> young, SortedSet<String> parting) {
        SortedMap<String, List<String>> names = new TreeMap<>();
        Set<List<String>> all = new HashSet<>(old);
        all.addAll(young);
        all.stream()
                .filter(cluster ->
                        all.stream().noneMatch(other -> !other.equals(cluster) && Variants.isFor(cluster, other)))
                .forEach(cluster -> names.put(String.join("/", cluster), cluster));
        SortedMap<String, Reading> before = new TreeMap<>();
        SortedMap<String, Reading> after = new TreeMap<>();
        List<String> same = new ArrayList<>();
        names.forEach((name, cluster) -> {
            Optional<Reading> one = reading(whole.base(), old, cluster, parting);
            Optional<Reading> other = reading(whole.head(), young, cluster, parting);
            if (one.isPresent() && other.isPresent() && isSame(one.get(), other.get())) {
                same.add(name);
            } else {
                one.ifPresent(reading -> before.put(name, reading));
                other.ifPresent(reading -> after.put(name, reading));
            }
        });
        Set<String> differing = new TreeSet<>(before.keySet());
        differing.addAll(after.keySet());
        if (differing.isEmpty()) {
            return whole;
        }
        String told =
                "the folders of %s hold the same objects for different clusters".formatted(listed(names.keySet()));
        if (differing.size() > MOST) {
            return new Clusters(
                    whole.base(),
                    whole.head(),
                    List.of("%s, too many to compare each: of each object one version is; name a folder with fewer"
                            .formatted(told)));
        }
        List<String> notes = new ArrayList<>(List.of("%s: each is compared by itself".formatted(told)));
        if (!same.isEmpty()) {
            notes.add("nothing changes for %s".formatted(listed(same)));
        }
        return new Clusters(parted(whole.base(), before), parted(whole.head(), after), notes);
    }

    /** Nothing where the side has own objects of others, but none of this one. */
    private static Optional<Reading> reading(
            SideSource side, Set<List<String>> own, List<String> cluster, Set<String> parting) {
        boolean has = own.isEmpty() || own.stream().anyMatch(each -> Variants.isFor(each, cluster));
        One one = One.of(side);
        return has ? Optional.of(one.variants().of(one.root(), parting, cluster)) : Optional.empty();
    }

    private static boolean isSame(Reading one, Reading other) {
        List<Manifest> before = one.manifests().all();
        List<Manifest> after = other.manifests().all();
        if (before.size() != after.size()) {
            return false;
        }
        for (int at = 0; at < before.size(); at++) {
            if (!before.get(at).body().equals(after.get(at).body())) {
                return false;
            }
        }
        return true;
    }

    private static SideSource parted(SideSource side, SortedMap<String, Reading> readings) {
        String root = side.roots().getOrDefault("", "");
        Map<String, String> roots = new TreeMap<>();
        readings.keySet().forEach(name -> roots.put(name, root));
        return new SideSource(side.name(), readings, roots);
    }

    private static String listed(Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(all::add);
        int last = all.size() - 1;
        return last < 1
                ? String.join("", all)
                : "%s and %s".formatted(String.join(", ", all.subList(0, last)), all.get(last));
    }
}
