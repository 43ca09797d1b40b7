package io.meshwright.construct.observability.anomaly;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Recording rules by how many others stand between them and what is scraped; without those that no alert reads. */
final class RuleLayers {
    private static final Pattern RECORDED = Pattern.compile("[a-z_]+(:[a-z0-9_]+)+");

    private final Map<String, Set<String>> read = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();

    private RuleLayers() {}

    /** The layers, those first that read nothing recorded. */
    static List<List<JsonNode>> of(List<JsonNode> recordings, List<JsonNode> alerts) {
        RuleLayers layers = new RuleLayers();
        recordings.forEach(rule -> layers.read
                .computeIfAbsent(rule.path("record").asText(), key -> new HashSet<>())
                .addAll(names(rule)));
        alerts.forEach(alert -> names(alert).forEach(layers::depth));
        Map<Integer, List<JsonNode>> byDepth = new TreeMap<>();
        for (JsonNode rule : recordings) {
            Integer depth = layers.depths.get(rule.path("record").asText());
            if (depth != null) {
                byDepth.computeIfAbsent(depth, key -> new ArrayList<>()).add(rule);
            }
        }
        return List.copyOf(byDepth.values());
    }

    private int depth(String name) {
        if (!read.containsKey(name)) {
            return -1;
        }
        Integer known = depths.get(name);
        if (known != null) {
            return known;
        }
        int depth = 1 + read.get(name).stream().mapToInt(this::depth).max().orElse(-1);
        depths.put(name, depth);
        return depth;
    }

    private static Set<String> names(JsonNode rule) {
        Set<String> names = new HashSet<>();
        RECORDED.matcher(rule.path("expr").asText()).results().forEach(found -> names.add(found.group()));
        return names;
    }
}
