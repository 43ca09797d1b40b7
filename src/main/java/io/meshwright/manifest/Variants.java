package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything that was read, with what is written under one identity for one cluster or another: in folders beside each
 * other, such as {@code prod} and {@code staging}, as they are or as kustomizations in them build it.
 */
public final class Variants {
    /** Many write these beside their own objects, for the one cluster of all. */
    private static final Set<Kind> WRITTEN_BY_MANY = Set.of(Kind.NAMESPACE, Kind.CUSTOM_RESOURCE_DEFINITION);

    private final List<Manifest> written;
    private final List<Built> built;
    private final List<Unreadable> unreadable;

    /**
     * @param written objects as their files say them
     * @param built objects as kustomizations leave them, each as often as one builds it
     */
    Variants(List<Manifest> written, List<Built> built, List<Unreadable> unreadable) {
        this.written = List.copyOf(written);
        this.built = List.copyOf(built);
        this.unreadable = List.copyOf(unreadable);
    }

    /** An object and the folder of the kustomization that builds it, and that none builds upon. */
    record Built(String folder, Manifest manifest) {}

    /**
     * All of it as if it were one cluster's: of what several kustomizations make of an object, the first, which says
     * so.
     */
    public Reading whole() {
        return reading(written.stream(), built.stream().map(Built::manifest));
    }

    private Reading reading(Stream<Manifest> asWritten, Stream<Manifest> asBuilt) {
        Map<String, Manifest> once = new LinkedHashMap<>();
        asBuilt.forEach(manifest -> once.merge(
                "%s %s".formatted(manifest.place(), manifest),
                manifest,
                (first, other) -> first.body().equals(other.body()) ? first : first.varied()));
        return new Reading(
                Manifests.of(Stream.concat(asWritten, once.values().stream()).toList()), unreadable);
    }

    /**
     * The names of folders that hold the same objects for different clusters: at least half of what the smaller one has
     * is in the other too, under the same folders, and not all of that says the same. None where no two do.
     *
     * @param root what the names of its files begin with
     */
    public SortedSet<String> parting(String root) {
        Map<Identity, Map<String, JsonNode>> found = new HashMap<>();
        Map<String, Map<String, Set<Identity>>> below = new HashMap<>();
        applied(root).filter(each -> !each.manifest().name().isEmpty()).forEach(each -> {
            Manifest manifest = each.manifest();
            if (!WRITTEN_BY_MANY.contains(manifest.kind())
                    && !manifest.kind().group().equals(Kustomizations.GROUP)) {
                Identity identity = new Identity(manifest.kind(), manifest.home(), manifest.name());
                found.computeIfAbsent(identity, none -> new TreeMap<>()).put(each.folder(), manifest.body());
                count(below, segments(each.folder()), identity);
            }
        });
        Map<Pair, Shared> shared = new HashMap<>();
        found.forEach((identity, bodies) -> share(shared, bodies));
        SortedSet<String> parting = new TreeSet<>();
        shared.forEach((pair, common) -> {
            if (common.differs && 2 * common.objects >= pair.smaller(below)) {
                parting.add(pair.one());
                parting.add(pair.other());
            }
        });
        return parting;
    }

    private record Identity(Kind kind, String namespace, String name) {}

    private static void count(Map<String, Map<String, Set<Identity>>> below, List<String> segments, Identity identity) {
        for (int depth = 0; depth < segments.size(); depth++) {
            below.computeIfAbsent(String.join("/", segments.subList(0, depth)), none -> new HashMap<>())
                    .computeIfAbsent(segments.get(depth), none -> new HashSet<>())
                    .add(identity);
        }
    }

    /** The objects that two folders of these names have in common, below all folders that have both. */
    private static final class Shared {
        private int objects;
        private boolean differs;
    }

    private record Pair(String one, String other) {
        /** The number of objects of the smaller folder of the two, wherever both lie beside each other. */
        int smaller(Map<String, Map<String, Set<Identity>>> below) {
            return below.values().stream()
                    .filter(folders -> folders.containsKey(one) && folders.containsKey(other))
                    .mapToInt(folders -> Math.min(
                            folders.getOrDefault(one, Set.of()).size(),
                            folders.getOrDefault(other, Set.of()).size()))
                    .sum();
        }
    }

    /** Counts an object at each two folders at which the ways to it part; neighbours in order show all of these. */
    private static void share(Map<Pair, Shared> shared, Map<String, JsonNode> bodies) {
        if (bodies.size() < 2) {
            return;
        }
        boolean differs = new HashSet<>(bodies.values()).size() > 1;
        List<List<String>> folders =
                bodies.keySet().stream().map(Variants::segments).toList();
        for (int at = 1; at < folders.size(); at++) {
            List<String> one = folders.get(at - 1);
            List<String> other = folders.get(at);
            int depth = 0;
            while (depth < Math.min(one.size(), other.size()) && one.get(depth).equals(other.get(depth))) {
                depth++;
            }
            if (depth < Math.min(one.size(), other.size())) {
                Shared common =
                        shared.computeIfAbsent(new Pair(one.get(depth), other.get(depth)), none -> new Shared());
                common.objects++;
                common.differs |= differs;
            }
        }
    }

    private static List<String> segments(String folder) {
        return folder.isEmpty() ? List.of() : List.of(folder.split("/"));
    }

    /** Objects with their folders below a root; those that lie elsewhere are in none. */
    private Stream<Built> applied(String root) {
        return Stream.concat(
                written.stream().map(manifest -> new Built(below(root, manifest.folder()), manifest)),
                built.stream().map(each -> new Built(below(root, each.folder()), each.manifest())));
    }

    private static String below(String root, String folder) {
        String above = root.isEmpty() ? "" : KustomizeBuild.normal(root).concat("/");
        return folder.startsWith(above) ? folder.substring(above.length()) : "";
    }

    /**
     * The clusters for which something is written, each by the folders of its own, from above: {@code [prod]}.
     *
     * @param root what the names of its files begin with
     * @param parting names of folders that hold the same objects for different clusters
     */
    public Set<List<String>> clusters(String root, Set<String> parting) {
        Set<List<String>> clusters = new HashSet<>();
        applied(root)
                .map(each -> cluster(each, parting))
                .filter(each -> !each.isEmpty())
                .forEach(clusters::add);
        return clusters;
    }

    private static List<String> cluster(Built each, Set<String> parting) {
        return segments(each.folder()).stream().filter(parting::contains).toList();
    }

    /** Tells whether what lies in folders of one cluster is for another one too, since all of these are its own. */
    public static boolean isFor(List<String> folders, List<String> cluster) {
        int at = 0;
        for (String folder : cluster) {
            if (at < folders.size() && folders.get(at).equals(folder)) {
                at++;
            }
        }
        return at == folders.size();
    }

    /** Everything that is written for one cluster: its own objects, and those that are nobody's own. */
    public Reading of(String root, Set<String> parting, List<String> cluster) {
        List<Manifest> asWritten = new ArrayList<>();
        List<Manifest> asBuilt = new ArrayList<>();
        List<Built> applied = applied(root).toList();
        for (int at = 0; at < applied.size(); at++) {
            if (isFor(cluster(applied.get(at), parting), cluster)) {
                (at < written.size() ? asWritten : asBuilt).add(applied.get(at).manifest());
            }
        }
        return reading(asWritten.stream(), asBuilt.stream());
    }
}
