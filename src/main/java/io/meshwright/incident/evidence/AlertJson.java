package io.meshwright.incident.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Alerts as Alertmanager and Prometheus tell them: one, a list, or the body of a webhook. */
final class AlertJson {
    static final String NAME = "alertname";

    private AlertJson() {}

    /** One for each alert; none where it tells of no alert. */
    static List<Evidence> read(JsonNode json) {
        List<Evidence> alerts = new ArrayList<>();
        add(json, alerts);
        add(json.path("alerts"), alerts);
        add(json.at("/data/alerts"), alerts);
        return alerts;
    }

    private static void add(JsonNode json, List<Evidence> alerts) {
        if (json.isArray()) {
            json.forEach(each -> add(each, alerts));
        } else if (json.path("labels").has(NAME)) {
            alerts.add(new Evidence(Evidence.Kind.ALERT, Map.of(), new TreeMap<>(Fields.strings(json.path("labels")))));
        }
    }
}
