package io.meshwright.construct.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imports.io.meshwright.objects.ObjectTree;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.jspecify.annotations.Nullable;
import software.constructs.IConstruct;

/**
 * The API objects below a construct, each of them at any depth. A property of a single one is a way to cdk8s' process
 * and back, so what is asked of many is asked in one call, whose cost hardly grows with their number.
 */
public final class ApiObjects {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<Named>> NAMES = new TypeReference<>() {};
    private static final TypeReference<List<Rendered>> RENDERED = new TypeReference<>() {};
    private static final TypeReference<Map<String, JsonNode>> MANIFESTS = new TypeReference<>() {};

    private ApiObjects() {}

    /**
     * One object of the tree.
     *
     * @param path of the construct, such as {@code mesh/gateway/Resource}
     * @param chart id of the closest chart above it
     * @param namespace null for a cluster-scoped object
     */
    public record Named(
            String path,
            String chart,
            String apiVersion,
            String kind,
            @Nullable String namespace,
            String name) {}

    /**
     * One object as cdk8s renders it.
     *
     * @param path of the construct
     * @param chart id of the closest chart above it
     * @param namespace null for a cluster-scoped object
     * @param text the whole YAML document, ended by a line feed
     */
    public record Rendered(
            String path,
            String chart,
            String apiVersion,
            String kind,
            @Nullable String namespace,
            String name,
            String text) {}

    /**
     * A field that an object shall have.
     *
     * @param pointer JSON Pointer to it
     */
    public record Field(String pointer, JsonNode value) {}

    /** Every object in the order of the tree. */
    public static List<Named> below(IConstruct scope) {
        return read(ObjectTree.names(scope), NAMES);
    }

    /** Renders every object as cdk8s would, by the path of its construct. */
    public static Map<String, JsonNode> manifests(IConstruct scope) {
        return read(ObjectTree.manifests(scope), MANIFESTS);
    }

    /** Adds annotations to objects below {@code scope}: keys and values by the path of the construct. */
    public static void annotate(IConstruct scope, Map<String, Map<String, String>> annotations) {
        if (!annotations.isEmpty()) {
            ObjectTree.annotate(scope, text(annotations));
        }
    }

    /** Adds fields to objects below {@code scope}, by the path of the construct. */
    public static void add(IConstruct scope, Map<String, List<Field>> fields) {
        if (!fields.isEmpty()) {
            ObjectTree.add(scope, text(fields));
        }
    }

    /** Synthesizes an app as cdk8s does, but into memory: chart after chart in the order of their dependencies. */
    public static List<Rendered> synth(App app) {
        return read(ObjectTree.synth(app), RENDERED);
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("imports/objects wrote what is read here", e);
        }
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names and values of JSON are always JSON", e);
        }
    }
}
