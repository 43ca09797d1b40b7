package io.meshwright.heal;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.value.ArgoNames;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Circumstances in which nothing is done: somebody stopped it, a sync or a drain is under way, Prometheus is blind or
 * does not raise the alert itself. Whatever cannot be asked counts as one of them.
 */
final class Circumstances {
    /** Labels by which an alert is found again; others do not say whom it is about. */
    private static final Set<String> IDENTIFYING =
            Set.of("namespace", "pod", "container", "destination_service_namespace", "destination_service_name");

    private static final Set<String> UNDER_WAY = Set.of("Running", "Terminating");
    private static final double SEEN = 0.9;

    private final HealingPlan plan;
    private final Api api;
    private final Api prometheus;

    Circumstances(HealingPlan plan, Api api, Api prometheus) {
        this.plan = plan;
        this.api = api;
        this.prometheus = prometheus;
    }

    /** Throws the first that speaks against it. */
    void admit(Target target, FiredAlert alert) throws Held {
        switchedOn();
        seeing();
        confirmed(alert);
        noDrain();
        noSync(target);
    }

    private void switchedOn() throws Held {
        Api.Answer answer =
                api.get("/api/v1/namespaces/%s/configmaps/%s".formatted(plan.namespace(), HealingPlan.NAME));
        if (!answer.isOk()) {
            throw new Held("the switch cannot be read: %s".formatted(answer.said()));
        }
        if (!answer.body().path("data").path(HealingPlan.SWITCH).asText("").equals("true")) {
            throw new Held("it is switched off");
        }
    }

    private void seeing() throws Held {
        OptionalDouble seen = number("count(up == 1) / count(up)");
        // No number at all is never enough.
        if (seen.isEmpty() || !(seen.getAsDouble() >= SEEN)) {
            throw new Held("Prometheus is blind: it sees too few of its targets");
        }
    }

    /** A webhook can be forged or old; Prometheus is asked whether it raises the alert now. */
    private void confirmed(FiredAlert alert) throws Held {
        String labels = alert.labels().entrySet().stream()
                .filter(label -> IDENTIFYING.contains(label.getKey()))
                .map(Map.Entry::getKey)
                .map(key -> "%s=%s".formatted(key, quoted(alert.label(key))))
                .collect(Collectors.joining(","));
        boolean raised = number(
                        "count(ALERTS{alertstate=\"firing\",alertname=%s,%s})".formatted(quoted(alert.name()), labels))
                .isPresent();
        if (raised == alert.resolved()) {
            throw new Held(
                    alert.resolved() ? "Prometheus raises the alert still" : "Prometheus does not raise the alert");
        }
    }

    private void noDrain() throws Held {
        OptionalDouble closed = number("max(kube_node_spec_unschedulable)");
        if (closed.isEmpty() || closed.getAsDouble() != 0) {
            throw new Held(
                    closed.isEmpty()
                            ? "nobody knows whether a node is drained"
                            : "a node is drained, or closed for pods");
        }
    }

    private void noSync(Target target) throws Held {
        Api.Answer answer = api.get("/apis/%s/namespaces/%s/applications/%s"
                .formatted(ArgoNames.API_VERSION, plan.argocd(), target.application()));
        if (!answer.isOk()) {
            throw new Held("Application %s cannot be read: %s".formatted(target.application(), answer.said()));
        }
        if (UNDER_WAY.contains(answer.body().at("/status/operationState/phase").asText(""))) {
            throw new Held("Application %s is being synced".formatted(target.application()));
        }
    }

    /** Returns the value of a query with one result; empty where it has none. */
    private OptionalDouble number(String query) throws Held {
        Api.Answer answer =
                prometheus.get("/api/v1/query?query=".concat(URLEncoder.encode(query, StandardCharsets.UTF_8)));
        if (!answer.isOk() || !answer.body().path("status").asText().equals("success")) {
            throw new Held("Prometheus is blind: it answers %d".formatted(answer.status()));
        }
        JsonNode value = answer.body().at("/data/result/0/value/1");
        try {
            return value.isTextual() ? OptionalDouble.of(Double.parseDouble(value.asText())) : OptionalDouble.empty();
        } catch (NumberFormatException none) {
            return OptionalDouble.empty();
        }
    }

    private static String quoted(String label) {
        return "\"%s\""
                .formatted(label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
    }
}
