package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An IstioOperator, and the Helm values that istioctl makes of it: its profile lies on the profile default, and what
 * stands among its values goes before what stands beside them (operator/pkg/render/manifest.go, manifests/profiles).
 */
record IstioOperator(Manifest manifest) {
    private static final Set<String> PROFILES_WITHOUT_ISTIOD = Set.of("empty");
    private static final Set<String> PROFILES_WITH_CNI = Set.of("ambient", "openshift", "openshift-ambient");
    private static final String MESH_CONFIG = "meshConfig";
    private static final String REVISION = "revision";

    /** The control plane that it installs; empty where it installs gateways alone. */
    Optional<IstiodChart> controlPlane() {
        if (!installs("pilot", !PROFILES_WITHOUT_ISTIOD.contains(profile()))) {
            return Optional.empty();
        }
        String tag = spec("values/global/tag").isMissingNode() ? "tag" : "values/global/tag";
        return Optional.of(new IstiodChart(
                Source.of(manifest).at("/spec"),
                Source.of(manifest).at("/spec/".concat(tag)),
                namespace(),
                spec(tag).asText(),
                values(),
                true));
    }

    List<OperatorGateway> gateways() {
        return OperatorGateway.of(manifest, profile(), namespace());
    }

    private JsonNode spec(String below) {
        return manifest.at("/spec/".concat(below));
    }

    private String profile() {
        return manifest.text("/spec/profile").orElse("default");
    }

    private boolean installs(String component, boolean inProfile) {
        return spec("components/%s/enabled".formatted(component)).asBoolean(inProfile);
    }

    private String namespace() {
        return manifest.text("/spec/values/global/istioNamespace")
                .or(() -> manifest.text("/spec/namespace"))
                .orElse(MeshConfig.DEFAULT_ROOT_NAMESPACE);
    }

    private ObjectNode values() {
        ObjectNode values = copy(spec("values"));
        ObjectNode mesh = copy(spec(MESH_CONFIG));
        merge(mesh, values.path(MESH_CONFIG));
        values.set(MESH_CONFIG, mesh);
        if (!values.has(REVISION) && spec(REVISION).isTextual()) {
            values.set(REVISION, spec(REVISION));
        }
        ObjectNode pilot = object(values, "pilot");
        // They are patched into the Deployment that the chart makes of its values.
        Fields.items(spec("components/pilot/k8s/env"))
                .forEach(variable ->
                        object(pilot, "env").set(variable.path("name").asText(), variable.path("value")));
        ObjectNode cni = object(pilot, "cni");
        if (!cni.has("enabled")) {
            cni.put("enabled", installs("cni", PROFILES_WITH_CNI.contains(profile())));
        }
        // istioctl makes the revision that it installs the default one.
        var tags = JsonNodeFactory.instance.arrayNode().add("default");
        Fields.texts(values.path("revisionTags")).forEach(tags::add);
        values.set("revisionTags", tags);
        if (profile().endsWith("ambient")) {
            values.put("profile", profile());
        }
        return values;
    }

    private static ObjectNode copy(JsonNode fields) {
        return fields instanceof ObjectNode written ? written.deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode object(ObjectNode parent, String key) {
        return parent.path(key) instanceof ObjectNode written ? written : parent.putObject(key);
    }

    private static void merge(ObjectNode base, JsonNode over) {
        over.properties().forEach(entry -> {
            if (entry.getValue().isObject() && base.path(entry.getKey()) instanceof ObjectNode below) {
                merge(below, entry.getValue());
            } else {
                base.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
