package io.meshwright.heal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One alert of a webhook of Alertmanager's (version 4 of its form). Only labels are read: annotations are words for
 * people, and whatever stands in them starts nothing.
 *
 * @param resolved whether it is over
 */
record FiredAlert(Map<String, String> labels, boolean resolved) {
    /** The most bytes of a webhook. */
    static final int LONGEST = 1 << 20;

    private static final int MOST = 100;
    private static final int DEEPEST = 20;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    FiredAlert {
        labels = new TreeMap<>(labels);
    }

    /**
     * The alerts of a webhook.
     *
     * @throws InvalidValue when it is none
     */
    static List<FiredAlert> of(byte[] webhook) {
        JsonNode body = read(webhook);
        if (!body.path("version").asText().equals("4") || !body.path("alerts").isArray()) {
            throw new InvalidValue(
                    "webhook", "is none of Alertmanager's, version 4", "send what its webhook_configs send");
        }
        List<FiredAlert> alerts = new ArrayList<>();
        for (JsonNode alert : body.path("alerts")) {
            Map<String, String> labels = new TreeMap<>();
            alert.path("labels")
                    .properties()
                    .forEach(label -> labels.put(
                            label.getKey(),
                            label.getValue().isTextual() ? label.getValue().asText() : ""));
            alerts.add(new FiredAlert(labels, !alert.path("status").asText().equals("firing")));
        }
        if (alerts.size() > MOST) {
            throw new InvalidValue(
                    "webhook", "has %d alerts, more than %d".formatted(alerts.size(), MOST), "set max_alerts");
        }
        return alerts;
    }

    private static JsonNode read(byte[] webhook) {
        try {
            return JSON.readTree(webhook);
        } catch (JsonProcessingException broken) {
            throw new InvalidValue("webhook", "is no JSON", "send what Alertmanager's webhook_configs send");
        } catch (java.io.IOException broken) {
            throw new InvalidValue("webhook", "cannot be read", "send it again");
        }
    }

    String name() {
        return label("alertname");
    }

    /** Returns the label's value; empty where it has none. */
    String label(String key) {
        return labels.getOrDefault(key, "");
    }
}
