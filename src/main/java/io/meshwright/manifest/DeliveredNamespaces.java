package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The namespaces into which a deliverer puts what it applies from a folder: a Kustomization of Flux with a
 * {@code targetNamespace} everything that lives in one (fluxcd.io, Kustomization), an Application of Argo CD, and
 * helmfile for a chart in a folder, what names none itself.
 */
final class DeliveredNamespaces {
    private final List<Delivery> deliveries;
    private final Set<String> built;
    private final Map<String, Optional<Delivery>> known = new HashMap<>();

    /**
     * One of them.
     *
     * @param path of the folder from the root of its repository, which need not be where reading began
     * @param overrides whether the namespace counts for objects that name another one too
     * @param below whether folders below are read as well where no kustomization lies in the folder itself
     */
    private record Delivery(String path, String namespace, boolean overrides, boolean below) {
        boolean reads(String folder) {
            return folder.equals(path)
                    || folder.endsWith("/".concat(path))
                    || folder.indexOf('/') > 0 && path.endsWith("/".concat(folder));
        }

        boolean agrees(Delivery other) {
            return namespace.equals(other.namespace) && overrides == other.overrides;
        }
    }

    private DeliveredNamespaces(List<Delivery> deliveries, Set<String> built) {
        this.deliveries = deliveries;
        this.built = built;
    }

    static Variants place(List<Manifest> written, List<Variants.Built> built, List<Unreadable> unreadable) {
        List<Delivery> deliveries = Stream.concat(
                        written.stream(), built.stream().map(Variants.Built::manifest))
                .flatMap(DeliveredNamespaces::deliveries)
                .distinct()
                .toList();
        if (deliveries.isEmpty()) {
            return new Variants(written, built, unreadable);
        }
        DeliveredNamespaces namespaces = new DeliveredNamespaces(
                deliveries, built.stream().map(Variants.Built::folder).collect(Collectors.toSet()));
        List<Manifest> all =
                namespaces.placed(Stream.concat(written.stream(), built.stream().map(Variants.Built::manifest))
                        .toList());
        List<Variants.Built> placed = new ArrayList<>();
        for (int at = 0; at < built.size(); at++) {
            placed.add(new Variants.Built(built.get(at).folder(), all.get(written.size() + at)));
        }
        return new Variants(all.subList(0, written.size()), placed, unreadable);
    }

    /** The objects in their order; what one Kustomization puts into its namespace names each other there too. */
    private List<Manifest> placed(List<Manifest> objects) {
        Manifest[] placed = objects.toArray(new Manifest[0]);
        Map<Delivery, Map<Integer, KustomizedObject>> moved = new LinkedHashMap<>();
        for (int at = 0; at < placed.length; at++) {
            int index = at;
            known.computeIfAbsent(placed[at].folder(), this::of)
                    .ifPresent(delivery -> KustomizedObject.of(placed[index])
                            .forEach(object -> moved.computeIfAbsent(delivery, none -> new LinkedHashMap<>())
                                    .put(index, object)));
        }
        moved.forEach((delivery, those) -> {
            if (delivery.overrides()) {
                KustomizeNames.namespace(List.copyOf(those.values()), delivery.namespace());
            }
            those.forEach((index, object) ->
                    placed[index] = delivery.overrides() ? object.changed() : object.into(delivery.namespace()));
        });
        return List.of(placed);
    }

    private static Stream<Delivery> deliveries(Manifest deliverer) {
        if (deliverer.kind().equals(Kind.FLUX_KUSTOMIZATION)) {
            return delivery(deliverer.at("/spec/path"), deliverer.at("/spec/targetNamespace"), true, true).stream();
        }
        if (deliverer.kind().equals(Kind.HELMFILE)) {
            return Fields.items(deliverer.at("/releases")).stream()
                    .flatMap(release -> chart(
                            "%s/%s"
                                    .formatted(
                                            deliverer.folder(),
                                            release.path("chart").asText("")),
                            release.path("namespace"))
                            .stream());
        }
        return deliverer.kind().equals(Kind.APPLICATION)
                ? Stream.concat(
                                Stream.of(deliverer.at("/spec/source")),
                                Fields.items(deliverer.at("/spec/sources")).stream())
                        .flatMap(source -> Stream.of(
                                        delivery(
                                                source.path("path"),
                                                deliverer.at("/spec/destination/namespace"),
                                                false,
                                                source.at("/directory/recurse").asBoolean(false)),
                                        chart(
                                                source.path("path").asText(""),
                                                deliverer.at("/spec/destination/namespace")))
                                .flatMap(Optional::stream))
                : Stream.empty();
    }

    /** Of a folder that is a chart: helm puts what its templates say without a namespace into that of the release. */
    private static Optional<Delivery> chart(String folder, JsonNode namespace) {
        return folder.isEmpty()
                ? Optional.empty()
                : delivery(TextNode.valueOf(folder.concat("/templates")), namespace, false, true);
    }

    /** Empty for the root of a repository, which may be any, and for what something fills in later. */
    private static Optional<Delivery> delivery(JsonNode path, JsonNode namespace, boolean overrides, boolean below) {
        String folder = KustomizeBuild.normal(path.asText("").replaceFirst("^(\\./|/)+", ""));
        String named = namespace.asText("");
        return folder.isEmpty() || folder.equals(".") || folder.startsWith("..") || !named.matches("[a-z0-9-]+")
                ? Optional.empty()
                : Optional.of(new Delivery(folder, named, overrides, below));
    }

    /** The one that delivers the folder; empty where several do that do not agree. */
    private Optional<Delivery> of(String folder) {
        List<Delivery> own =
                deliveries.stream().filter(delivery -> delivery.reads(folder)).toList();
        List<Delivery> all = own.isEmpty() ? above(folder) : own;
        return all.stream().findFirst().filter(first -> all.stream().allMatch(first::agrees));
    }

    private List<Delivery> above(String folder) {
        for (int end = folder.lastIndexOf('/'); end > 0; end = folder.lastIndexOf('/', end - 1)) {
            String parent = folder.substring(0, end);
            List<Delivery> all = deliveries.stream()
                    .filter(delivery -> delivery.below() && delivery.reads(parent))
                    .toList();
            if (!all.isEmpty()) {
                return built.contains(parent) ? List.of() : all;
            }
        }
        return List.of();
    }
}
