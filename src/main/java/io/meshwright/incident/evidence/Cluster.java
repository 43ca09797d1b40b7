package io.meshwright.incident.evidence;

import io.meshwright.value.KubernetesNames;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A cluster by Istio's name, such as {@code outbound|80|v1|reviews.shop.svc.cluster.local}.
 *
 * @param name as written
 * @param direction {@code outbound} or {@code inbound}; empty for the others, such as BlackHoleCluster
 * @param port of the Service, or of the pod where it is inbound
 */
public record Cluster(String name, String direction, OptionalInt port, Optional<String> subset, Optional<String> host) {
    private static final int PARTS = 4;
    private static final String IN_TLS = "outbound_.";

    /** Of any text; what is no name of a cluster has no parts. */
    public static Cluster of(String name) {
        String[] parts = name.replaceAll(";$", "").split("[|]", -1);
        boolean known = parts.length == PARTS && parts[1].matches("[0-9]{1,5}");
        return known
                ? new Cluster(
                        name, parts[0], OptionalInt.of(Integer.parseInt(parts[1])), filled(parts[2]), filled(parts[3]))
                : new Cluster(name, "", OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** The cluster that a proxy names to the next one in TLS, with other marks between its parts. */
    static Optional<Cluster> ofServerName(String name) {
        // outbound_.80_.v1_.reviews.shop.svc.cluster.local, whose subset may be empty.
        String[] parts = name.split("_\\.", -1);
        return name.startsWith(IN_TLS) && parts.length == PARTS
                ? Optional.of(of(String.join("|", parts)))
                : Optional.empty();
    }

    /** The Service that Istio's metrics name, of which neither port nor subset is known. */
    static Optional<Cluster> ofLabels(Map<String, String> labels) {
        String name = labels.getOrDefault("destination_service_name", "");
        String namespace = labels.getOrDefault("destination_service_namespace", "");
        return filled(labels.getOrDefault("destination_service", ""))
                .or(() -> filled(name)
                        .filter(any -> !namespace.isEmpty())
                        .map(service -> KubernetesNames.serviceHost(service, namespace)))
                .map(host -> new Cluster("", "outbound", OptionalInt.empty(), Optional.empty(), Optional.of(host)));
    }

    private static Optional<String> filled(String part) {
        return Optional.of(part).filter(text -> !text.isEmpty());
    }

    public boolean isInbound() {
        return direction.equals("inbound") || name.startsWith("InboundPassthroughCluster");
    }

    /** Tells whether a sidecar sends here what it does not know under REGISTRY_ONLY. */
    public boolean isBlackHole() {
        return name.startsWith("BlackHoleCluster");
    }
}
