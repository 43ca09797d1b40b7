package io.meshwright.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Manifest;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bodies that a look at single objects had nothing to say of, so that meshes that share them pay for one look. Any
 * number of threads may use it.
 */
final class Faultless {
    private final Map<String, Set<JsonNode>> byFacts = new ConcurrentHashMap<>();

    /** The findings of a look on an object. */
    List<Finding> findings(ObjectCheck.Look look, String facts, Manifest object) {
        if (!look.isDecidedBy(object)) {
            return look.findings(object);
        }
        Set<JsonNode> faultless = byFacts.computeIfAbsent(
                facts, none -> Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>())));
        if (faultless.contains(object.body())) {
            return List.of();
        }
        List<Finding> found = look.findings(object);
        if (found.isEmpty()) {
            faultless.add(object.body());
        }
        return found;
    }
}
