package io.meshwright.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The definitions of custom resources other than Istio's that the program brings, each read when a kind is asked for.
 * Istio's own have no defaults and differ from release to release.
 */
public final class BroughtDefinitions {
    private static final String FOLDER = "/crds/";
    private static final String ENDING = ".txt";
    private static final Map<String, SchemaLines> GROUPS = new ConcurrentHashMap<>();

    private BroughtDefinitions() {}

    private static final class Index {
        private static final Set<String> FILES =
                SchemaLines.text(FOLDER.concat("index.txt")).lines().collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The schema of a kind in one version, such as {@code external-secrets.io/v1}; empty where none is brought, or of
     * another version.
     */
    public static Optional<JsonNode> schema(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String file = slash < 0 ? "" : apiVersion.substring(0, slash).concat(ENDING);
        return Index.FILES.contains(file)
                ? GROUPS.computeIfAbsent(file, read -> SchemaLines.of(FOLDER.concat(read)))
                        .find(kind)
                        .map(definition -> definition.at("/spec/versions/0"))
                        .filter(version -> version.path("name").asText().equals(apiVersion.substring(slash + 1)))
                        .map(version -> version.at("/schema/openAPIV3Schema"))
                : Optional.empty();
    }
}
