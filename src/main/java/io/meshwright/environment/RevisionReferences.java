package io.meshwright.environment;

import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.IstioUpgradePath;
import io.meshwright.platform.release.PublishedFaults;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether two control planes may stand side by side, whether namespaces and gateway choose one that is there, and
 * whether faults that are accepted are any.
 */
final class RevisionReferences {
    private final Cluster cluster;
    private final Istio istio;
    private final ControlPlanes planes;
    private final Map<Name, NamespaceSettings> namespaces;
    private final Gateway gateway;
    private final List<InvalidValue> refusals = new ArrayList<>();

    RevisionReferences(Cluster cluster, Istio istio, Map<Name, NamespaceSettings> namespaces, Gateway gateway) {
        this.cluster = cluster;
        this.istio = istio;
        this.planes = istio.controlPlanes();
        this.namespaces = namespaces;
        this.gateway = gateway;
    }

    List<InvalidValue> refusals() {
        namespaces.forEach((name, settings) ->
                known(KeyPath.of("namespaces").key(name.toString()).key("tag"), settings.tag()));
        known(KeyPath.of("gateway.tag"), gateway.tag());
        accepted();
        if (planes.upgrading()) {
            supported();
            gatewayLast();
        }
        return refusals;
    }

    private void accepted() {
        if (istio.publishedFaults() != null
                && planes.all().stream()
                        .allMatch(plane -> istio.acceptedFaults(plane.version()).isEmpty())) {
            PublishedFaults none = PublishedFaults.of(istio.version());
            refusals.add(new InvalidValue(
                    "istio.publishedFaults",
                    "no fault of Istio \"%s\" is published up to %s".formatted(istio.version(), none.read()),
                    "leave it out"));
        }
    }

    private void supported() {
        try {
            Compatibility.istio(planes.oldest().version(), cluster.kubernetes(), "istio.from");
            IstioUpgradePath.step(planes.oldest().version(), planes.newest().version());
        } catch (InvalidValue refusal) {
            refusals.add(refusal);
        }
    }

    private void known(KeyPath path, Name tag) {
        if (tag != null && !planes.tags().containsKey(tag)) {
            String tags = planes.tags().keySet().stream().map(Name::toString).collect(Collectors.joining(", "));
            refusals.add(new InvalidValue(
                    path.toString(),
                    "there is no tag '%s'".formatted(tag),
                    tags.isEmpty()
                            ? "declare it in istio.tags"
                            : "add it to istio.tags, or use one of: %s".formatted(tags)));
        }
    }

    /**
     * Istio's own order [istio.io, setup/upgrade/canary]: a gateway is every service's caller, so it moves when all
     * have.
     */
    private void gatewayLast() {
        List<Name> behind = namespaces.entrySet().stream()
                .filter(entry -> entry.getValue().inject()
                        && planes.serving(entry.getValue().tag()).equals(planes.oldest()))
                .map(Map.Entry::getKey)
                .toList();
        if (planes.serving(gateway.tag()).equals(planes.newest()) && !behind.isEmpty()) {
            refusals.add(new InvalidValue(
                    "gateway.tag",
                    "'%s' moves the gateway to '%s' before namespaces %s"
                            .formatted(
                                    planes.label(gateway.tag()).orElseThrow(),
                                    planes.newest().label(),
                                    behind.stream().map(Name::toString).collect(Collectors.joining(", "))),
                    "move these first, or give the gateway a tag that still points at '%s'"
                            .formatted(planes.oldest().label())));
        }
    }
}
