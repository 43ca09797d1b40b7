package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An object on its way through kustomizations, which change it and remember the names that it had. */
final class KustomizedObject {
    private static final Set<String> OF_CLUSTER = Set.of(
            "APIService",
            "CSIDriver",
            "ClusterIssuer",
            "ClusterPolicy",
            "ClusterRole",
            "ClusterRoleBinding",
            "ClusterSecretStore",
            "CustomResourceDefinition",
            "GatewayClass",
            "IngressClass",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PriorityClass",
            "RuntimeClass",
            "StorageClass",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration");

    private final Manifest manifest;
    private final Set<String> names = new LinkedHashSet<>();
    private ObjectNode body;

    private KustomizedObject(Manifest manifest, ObjectNode body) {
        this.manifest = manifest;
        this.body = body;
        this.names.add(manifest.name());
    }

    static Stream<KustomizedObject> of(Manifest manifest) {
        return manifest.body() instanceof ObjectNode body
                ? Stream.of(new KustomizedObject(manifest, body.deepCopy()))
                : Stream.empty();
    }

    Manifest changed() {
        return body.equals(manifest.body()) ? manifest : manifest.saying(body);
    }

    /** The object in this namespace, unless it names one or lives in none. */
    Manifest into(String namespace) {
        if (isNamespaced() && namespace().isEmpty()) {
            metadata().put("namespace", namespace);
        }
        return changed();
    }

    Kind kind() {
        return manifest.kind();
    }

    boolean isNamespaced() {
        return !OF_CLUSTER.contains(kind().name());
    }

    ObjectNode body() {
        return body;
    }

    void become(ObjectNode changed) {
        body = changed;
        names.add(name());
    }

    String name() {
        return body.at("/metadata/name").asText("");
    }

    /** Tells whether it is or was called so, since patches may name an object as its base does. */
    boolean isCalled(String name) {
        return names.contains(name);
    }

    void rename(String name) {
        metadata().put("name", name);
        names.add(name);
    }

    String namespace() {
        return body.at("/metadata/namespace").asText("");
    }

    ObjectNode metadata() {
        return child(body, "metadata");
    }

    /** The mapping of that key, which is made where there is none. */
    static ObjectNode child(ObjectNode parent, String key) {
        return parent.path(key) instanceof ObjectNode there ? there : parent.putObject(key);
    }

    /** Every mapping of the object, the outer before the inner, with the key under which it or its list stands. */
    void walk(Consumer<Field> visitor) {
        walk("", body, visitor);
    }

    /** A mapping and the key that leads to it. */
    record Field(String key, ObjectNode value) {}

    private static void walk(String key, JsonNode node, Consumer<Field> visitor) {
        if (node instanceof ObjectNode mapping) {
            visitor.accept(new Field(key, mapping));
            mapping.properties().forEach(entry -> walk(entry.getKey(), entry.getValue(), visitor));
        } else if (node instanceof ArrayNode list) {
            list.forEach(item -> walk(key, item, visitor));
        }
    }
}
