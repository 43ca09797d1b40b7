package io.meshwright.advise.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.environment.Environment;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one answer of Prometheus' HTTP API (prometheus.io, HTTP API, instant queries). */
final class AnswerReader {
    private static final int CLOCKS = 60;

    private final String file;
    private final Query query;
    private final Environment environment;
    private final String called;

    AnswerReader(String file, Query query, Environment environment, String called) {
        this.file = file;
        this.query = query;
        this.environment = environment;
        this.called = called;
    }

    /** @param time of the snapshot; all its answers are of the same one */
    List<Sample> samples(JsonNode answer, long time) {
        if (!answer.path("status").asText().equals("success")) {
            String why = answer.path("error").asText();
            throw refused(
                    why.isEmpty() ? "has no answer" : "was answered with an error, %s".formatted(Plain.quoted(why)),
                    "ask it of Prometheus by hand, mend what it says, and take the snapshot again");
        }
        JsonNode data = answer.path("data");
        if (!data.path("resultType").asText().equals("vector")
                || !data.path("result").isArray()) {
            throw refused("is no vector", "ask /api/v1/query, not query_range");
        }
        List<Sample> samples = new ArrayList<>();
        Set<Map<String, String>> seen = new HashSet<>();
        for (JsonNode each : data.path("result")) {
            Sample sample = new Sample(labels(each.path("metric")), value(each.path("value"), time));
            known(sample);
            if (!seen.add(sample.labels())) {
                throw refused("has two samples of %s".formatted(sample.labels()), "take the snapshot again");
            }
            samples.add(sample);
        }
        if (samples.isEmpty() && query.metric().isPresent()) {
            throw refused(
                    "has no sample",
                    "look whether this Prometheus has %s of %s"
                            .formatted(query.metric().get(), called));
        }
        return samples;
    }

    private Map<String, String> labels(JsonNode metric) {
        Map<String, String> labels = new HashMap<>();
        metric.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private double value(JsonNode value, long time) {
        if (!value.isArray()
                || value.size() != 2
                || !value.get(0).isNumber()
                || !value.get(1).isTextual()) {
            throw refused("has a sample without time and value", "take the snapshot again");
        }
        if (Math.abs(value.get(0).asDouble() - time) > CLOCKS) {
            throw refused("is of another time than the snapshot", "ask all queries at one time, as the script does");
        }
        String text = value.get(1).asText();
        double number = number(text);
        if (!Double.isFinite(number) || number < 0) {
            throw refused(
                    "has the value %s, which says nothing".formatted(Plain.quoted(text)),
                    "look at the query in Prometheus; a scrape may have brought it");
        }
        return number;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    private void known(Sample sample) {
        switch (query.about()) {
            case SERVICE ->
                service(sample.label("destination_service_namespace"), sample.label("destination_service_name"));
            case CONTAINER -> container(sample.label("namespace"), sample.label("container"));
        }
    }

    private void service(String namespace, String name) {
        if (!SnapshotReader.isKnown(environment, namespace, name)) {
            throw unknown("service", namespace, name);
        }
    }

    private void container(String namespace, String name) {
        boolean here = environment.services().values().stream()
                .anyMatch(service -> service.namespace().toString().equals(namespace));
        boolean known = here && (name.equals(ContainerQueries.SIDECAR) || isOwn(namespace, name));
        if (!known) {
            throw unknown("container", namespace, name);
        }
    }

    private boolean isOwn(String namespace, String container) {
        return environment.services().entrySet().stream()
                .anyMatch(entry -> entry.getValue().namespace().toString().equals(namespace)
                        && entry.getValue()
                                .workloadName(entry.getKey().toString())
                                .equals(container));
    }

    private InvalidValue unknown(String what, String namespace, String name) {
        return refused(
                "has a sample of %s %s, which %s does not have"
                        .formatted(what, Plain.quoted("%s/%s".formatted(namespace, name)), called),
                "it has %s; name the snapshot's own environment with --env"
                        .formatted(String.join(", ", SnapshotReader.names(environment))));
    }

    private InvalidValue refused(String problem, String remedy) {
        return new InvalidValue("%s %s".formatted(file, query.name()), problem, remedy);
    }
}
