package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The control planes of the Sail operator: revisions have the names of their Istio objects, and with the strategy
 * RevisionBased the version too (sail-operator, controllers/istio, pkg/istiovalues).
 */
record SailOperator(Manifests manifests) {
    private static final Kind TAG = new Kind(Kind.SAIL_ISTIO.group(), "IstioRevisionTag");

    List<IstiodChart> controlPlanes() {
        return manifests.kind(Kind.SAIL_ISTIO).stream()
                .map(SailOperator::controlPlane)
                .toList();
    }

    private static IstiodChart controlPlane(Manifest istio) {
        String namespace = istio.text("/spec/namespace").orElse(MeshConfig.DEFAULT_ROOT_NAMESPACE);
        ObjectNode values = istio.at("/spec/values") instanceof ObjectNode written
                ? written.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        values.put("revision", revision(istio));
        return new IstiodChart(
                Source.of(istio).at("/spec/values"),
                Source.of(istio).at("/spec/version"),
                namespace,
                istio.at("/spec/version").asText(),
                values,
                true);
    }

    private static String revision(Manifest istio) {
        return istio.at("/spec/updateStrategy/type").asText("").equals("RevisionBased")
                ? "%s-%s"
                        .formatted(
                                istio.name(),
                                istio.at("/spec/version").asText("").replace('.', '-'))
                : istio.name();
    }

    /** The revision that each tag means; one whose Istio object is not given means none. */
    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        manifests.kind(TAG).forEach(tag -> target(tag).ifPresent(revision -> tags.put(tag.name(), revision)));
        return tags;
    }

    private Optional<String> target(Manifest tag) {
        Optional<String> name = tag.text("/spec/targetRef/name");
        return tag.at("/spec/targetRef/kind").asText("").equals("Istio")
                ? manifests.kind(Kind.SAIL_ISTIO).stream()
                        .filter(istio -> name.filter(istio.name()::equals).isPresent())
                        .findFirst()
                        .map(SailOperator::revision)
                : name;
    }
}
