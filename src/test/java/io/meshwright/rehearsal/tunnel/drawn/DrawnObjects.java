package io.meshwright.rehearsal.tunnel.drawn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects that chance draws, in the order in which they are drawn. */
final class DrawnObjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringBuilder text = new StringBuilder();

    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int index = 0; index < pairs.length; index += 2) {
            map.put((String) pairs[index], pairs[index + 1]);
        }
        return map;
    }

    void add(String apiVersion, String kind, String namespace, String name, Map<String, Object> spec) {
        add(apiVersion, kind, map("name", name, "namespace", namespace), spec);
    }

    void add(String apiVersion, String kind, Map<String, Object> metadata, Map<String, Object> spec) {
        Map<String, Object> object = map("apiVersion", apiVersion, "kind", kind, "metadata", metadata, "spec", spec);
        try {
            text.append("---\n").append(JSON.writeValueAsString(object)).append('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of them as JSON documents, which YAML is too. */
    String text() {
        return text.toString();
    }
}
