package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A path of an Ingress with the way in which requests are compared with it; {@code type} is empty for every path. */
public record IngressPath(String type, String text) {
    public static final IngressPath EVERY = new IngressPath("", "");

    private static final String ROOT = "/";
    /** Ways in which an old path stands for every one. */
    private static final List<String> EVERY_PATH = List.of("", "*", "/*", ".*");

    public static IngressPath of(JsonNode path) {
        String text = path.path("path").asText("");
        return switch (path.path("pathType").asText("")) {
            case "Exact" -> new IngressPath("exact", text);
            case "Prefix" -> new IngressPath("prefix", text);
            default -> old(text);
        };
    }

    /** Before there were path types, an asterisk at the end made a prefix (createFallbackStringMatch). */
    private static IngressPath old(String text) {
        if (EVERY_PATH.contains(text)) {
            return EVERY;
        }
        boolean open = text.endsWith(".*") || text.endsWith("/*");
        return open ? new IngressPath("prefix", text.substring(0, text.length() - 2)) : new IngressPath("exact", text);
    }

    /** Below the root a prefix ends with a whole segment, and a slash at its end is ignored. */
    public ObjectNode match() {
        boolean segments = type.equals("prefix") && !text.equals(ROOT);
        ObjectNode match = JsonNodeFactory.instance.objectNode();
        match.putObject("uri").put(segments ? "segments" : type, segments ? text.replaceFirst("/$", "") : text);
        return match;
    }
}
