package io.meshwright.trace.sample;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.workload.Service;
import io.meshwright.trace.request.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests that AuthorizationPolicies tell apart by method and path. */
public final class PolicySamples {
    private final Map<String, List<AuthorizationPolicy>> policies = new HashMap<>();
    private final String root;

    public PolicySamples(Mesh mesh) {
        this.root = mesh.config().rootNamespace();
        mesh.authorizationPolicies()
                .all()
                .forEach(policy -> policies.computeIfAbsent(policy.manifest().home(), none -> new ArrayList<>())
                        .add(policy));
    }

    /** Requests that the policies which may act on a service tell apart. */
    public List<Sample> of(Service service) {
        return policies(service.namespace()).stream()
                .flatMap(policy -> operations(policy).stream())
                .flatMap(operation -> samples(operation).stream())
                .distinct()
                .toList();
    }

    /** Their paths in a namespace. */
    public List<String> paths(String namespace) {
        return policies(namespace).stream()
                .flatMap(policy -> operations(policy).stream())
                .flatMap(operation -> paths(operation).stream())
                .distinct()
                .toList();
    }

    /** Those of the namespace and those of all. */
    private List<AuthorizationPolicy> policies(String namespace) {
        List<AuthorizationPolicy> found = new ArrayList<>(policies.getOrDefault(namespace, List.of()));
        if (!namespace.equals(root)) {
            found.addAll(policies.getOrDefault(root, List.of()));
        }
        return found;
    }

    private static List<JsonNode> operations(AuthorizationPolicy policy) {
        return Fields.items(policy.manifest().at("/spec/rules")).stream()
                .flatMap(rule -> Fields.items(rule.path("to")).stream())
                .map(to -> to.path("operation"))
                .toList();
    }

    /** Requests that an operation of a rule describes. */
    public static List<Sample> samples(JsonNode operation) {
        List<String> paths = paths(operation);
        List<String> methods = Fields.texts(operation.path("methods")).stream()
                .filter(Request::isMethod)
                .toList();
        List<Sample> samples = new ArrayList<>();
        for (String path : paths.isEmpty() ? List.of(Sample.ROOT) : paths) {
            for (String method : methods.isEmpty() ? List.of("GET") : methods) {
                samples.add(new Sample(method, path, Map.of()));
            }
        }
        return samples;
    }

    /**
     * Returns the paths that a policy's texts stand for: an asterisk at either end, or templates of a segment or of
     * many.
     */
    private static List<String> paths(JsonNode operation) {
        List<String> written = new ArrayList<>(Fields.texts(operation.path("paths")));
        written.addAll(Fields.texts(operation.path("notPaths")));
        return written.stream()
                .map(path -> path.replace("{**}", Sample.WORD)
                        .replace("{*}", Sample.WORD)
                        .replace("*", Sample.WORD))
                .map(path -> path.startsWith(Sample.ROOT) ? path : Sample.ROOT.concat(path))
                .filter(path -> path.chars().allMatch(letter -> letter > ' ' && letter < 127 && letter != '#'))
                .distinct()
                .toList();
    }
}
