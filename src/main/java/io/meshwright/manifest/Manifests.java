package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** All objects read, in an order that does not depend on the order of reading: kind, namespace, name, place. */
public final class Manifests {
    private static final Comparator<Manifest> ORDER = Comparator.comparing(Manifest::kind)
            .thenComparing(manifest -> manifest.namespace().orElse(""))
            .thenComparing(Manifest::name)
            .thenComparing((Manifest manifest) -> manifest.place());

    private record Identity(Kind kind, String namespace, String name) {}

    private final List<Manifest> all;
    private final Map<Kind, List<Manifest>> byKind;
    private final Map<Identity, List<Manifest>> byIdentity;

    private Manifests(Collection<Manifest> manifests) {
        this.all = manifests.stream().sorted(ORDER).toList();
        this.byKind = grouped(Manifest::kind);
        this.byIdentity = grouped(manifest -> new Identity(manifest.kind(), manifest.home(), manifest.name()));
    }

    private <K> Map<K, List<Manifest>> grouped(Function<Manifest, K> key) {
        return all.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toUnmodifiableList()));
    }

    public static Manifests of(Collection<Manifest> manifests) {
        return new Manifests(manifests);
    }

    public List<Manifest> all() {
        return all;
    }

    /** The kinds that occur, in order. */
    public List<Kind> kinds() {
        return List.copyOf(byKind.keySet());
    }

    /** All objects of a kind, whatever their API version. */
    public List<Manifest> kind(Kind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /**
     * The namespaced object of that name; an object without a namespace is found in
     * {@value Manifest#DEFAULT_NAMESPACE}. The first, if several are written.
     */
    public Optional<Manifest> find(Kind kind, String namespace, String name) {
        return same(kind, namespace, name).stream().findFirst();
    }

    /**
     * Every object written under this one identity; more than one means that all but one are lost when they are
     * applied.
     */
    public List<Manifest> same(Kind kind, String namespace, String name) {
        return byIdentity.getOrDefault(new Identity(kind, namespace, name), List.of());
    }

    /** Number of different objects that are written under this one identity. */
    public int versions(Kind kind, String namespace, String name) {
        return (int) same(kind, namespace, name).stream()
                .map(Manifest::body)
                .distinct()
                .count();
    }

    /**
     * Without the objects that say the same as one before them under their identity, which kustomizations have in their
     * folder.
     */
    public Manifests distinct() {
        List<Manifest> distinct = byIdentity.values().stream()
                .flatMap(same -> {
                    Set<JsonNode> said = new HashSet<>();
                    boolean single =
                            same.size() < 2 || same.get(0).kind().group().equals(Kustomizations.GROUP);
                    return single ? same.stream() : same.stream().filter(manifest -> said.add(manifest.body()));
                })
                .toList();
        return distinct.size() == all.size() ? this : new Manifests(distinct);
    }

    /** The cluster-scoped object of that name, whatever namespace it carries. */
    public Optional<Manifest> find(Kind kind, String name) {
        return kind(kind).stream()
                .filter(manifest -> manifest.name().equals(name))
                .findFirst();
    }

    /** These objects and others. */
    public Manifests and(Manifests others) {
        List<Manifest> both = new ArrayList<>(all);
        both.addAll(others.all);
        return new Manifests(both);
    }

    /** Each object changed, for instance to say which construct made it. */
    public Manifests map(UnaryOperator<Manifest> change) {
        return new Manifests(all.stream().map(change).toList());
    }
}
