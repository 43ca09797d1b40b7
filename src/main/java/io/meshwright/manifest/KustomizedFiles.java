package io.meshwright.manifest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells which files the kustomizations among the manifests read, and which they leave out. */
public final class KustomizedFiles {
    private static final List<Kind> KINDS =
            List.of(new Kind(Kustomizations.GROUP, "Kustomization"), new Kind(Kustomizations.GROUP, "Component"));
    private static final List<String> READ = List.of("/resources", "/bases", "/components");

    /** Objects that deliver others are often applied by hand, once. */
    private static final Set<String> DELIVERING =
            Set.of("argoproj.io", "kustomize.toolkit.fluxcd.io", Kustomizations.GROUP);

    private final Map<String, Manifest> byFolder = new TreeMap<>();
    private final Map<String, Set<String>> readers = new TreeMap<>();

    public KustomizedFiles(Manifests manifests) {
        KINDS.stream()
                .flatMap(kind -> manifests.kind(kind).stream())
                .forEach(each -> normal(each, "..").ifPresent(folder -> byFolder.put(folder, each)));
        byFolder.forEach((folder, kustomization) -> read(kustomization, folder, new TreeSet<>()));
    }

    private void read(Manifest kustomization, String reader, Set<String> seen) {
        READ.stream()
                .flatMap(list -> kustomization.texts(list).stream())
                .flatMap(path -> normal(kustomization, "../".concat(path)).stream())
                .filter(seen::add)
                .forEach(path -> {
                    readers.computeIfAbsent(path, none -> new TreeSet<>()).add(reader);
                    Optional.ofNullable(byFolder.get(path)).ifPresent(next -> read(next, reader, seen));
                });
    }

    /**
     * True if a kustomization with resources lies beside the object, and neither it nor another one reads the object's
     * file: whoever applies the folder leaves it out.
     */
    public boolean isLeftOut(Manifest object) {
        return !byFolder.isEmpty()
                && !DELIVERING.contains(object.kind().group())
                && readers(object).isEmpty()
                && normal(object, "..")
                        .flatMap(folder -> Optional.ofNullable(byFolder.get(folder)))
                        .filter(beside -> READ.stream()
                                .anyMatch(list -> !beside.texts(list).isEmpty()))
                        .isPresent();
    }

    /** True if a kustomization reads the object's file. */
    public boolean isRead(Manifest object) {
        return !readers(object).isEmpty();
    }

    /** True if kustomizations read both, and none reads the two: each is built where the other is not. */
    public boolean areApart(Manifest one, Manifest other) {
        Set<String> ones = readers(one);
        Set<String> others = readers(other);
        return !ones.isEmpty() && !others.isEmpty() && Collections.disjoint(ones, others);
    }

    private Set<String> readers(Manifest object) {
        return Kustomizations.normal(object.place().file())
                .map(file -> readers.getOrDefault(file, Set.of()))
                .orElse(Set.of());
    }

    private static Optional<String> normal(Manifest object, String path) {
        return Kustomizations.normal("%s/%s".formatted(object.place().file(), path));
    }
}
