package io.meshwright.incident.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what somebody has pasted. */
public final class EvidenceReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The greatest number of characters of a text. */
    public static final int LONGEST = 1 << 20;

    private static final int MOST = 20;

    private EvidenceReader() {}

    /**
     * Everything that the text tells of, at most 20 requests or alerts, in its order.
     *
     * @throws InvalidValue when it is none of the forms that are known, or longer than 1 MiB
     */
    public static List<Evidence> read(String text) {
        if (text.length() > LONGEST) {
            throw new InvalidValue(
                    "incident", "the text is longer than 1 MiB", "give the line, the alert or the answer alone");
        }
        List<Evidence> all = new ArrayList<>(json(text));
        if (all.isEmpty()) {
            all.addAll(EndpointTable.read(text));
        }
        if (all.isEmpty()) {
            ProxyTable.read(text).ifPresent(all::add);
        }
        if (all.isEmpty()) {
            text.lines().forEach(line -> line(line).ifPresent(all::add));
        }
        if (all.isEmpty()) {
            ResponseText.read(text.strip()).ifPresent(all::add);
        }
        if (all.isEmpty()) {
            throw new InvalidValue(
                    "incident",
                    "the text is no access log line of Istio's default formats, no alert, no answer and no table of proxy-config",
                    "paste one line as it is, the alert's JSON, what curl -i shows, or what istioctl proxy-config prints of endpoints, clusters, routes or listeners");
        }
        return List.copyOf(all.subList(0, Math.min(all.size(), MOST)));
    }

    private static Optional<Evidence> line(String line) {
        return AccessLogText.read(line).or(() -> tree(line).flatMap(AccessLogJson::read));
    }

    private static List<Evidence> json(String text) {
        Optional<JsonNode> json = tree(text);
        if (json.isEmpty()) {
            return List.of();
        }
        List<Evidence> alerts = AlertJson.read(json.get());
        return alerts.isEmpty() ? AccessLogJson.read(json.get()).map(List::of).orElse(List.of()) : alerts;
    }

    private static Optional<JsonNode> tree(String text) {
        String begins = text.strip();
        if (!begins.startsWith("{") && !begins.startsWith("[{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException other) {
            // Some other text that begins with a brace.
            return Optional.empty();
        }
    }
}
