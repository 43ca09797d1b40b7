package io.meshwright.construct.observability.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which metrics exist, with their labels: the lists below {@code observability/metrics} and our own recorded series.
 */
public final class ExportedMetrics {
    private static final List<String> LISTS = List.of("targets", "istio", "kubernetes", "tools", "applications");
    private static final Pattern LINE = Pattern.compile("(\\*|[a-zA-Z_:][a-zA-Z0-9_:]*)( histogram)?:(.*)");

    private final Map<String, Set<String>> labels = new TreeMap<>();

    private ExportedMetrics() {}

    public static ExportedMetrics load() {
        ExportedMetrics exported = new ExportedMetrics();
        LISTS.forEach(exported::read);
        exported.addRecorded();
        return exported;
    }

    public boolean has(String metric) {
        return labels.containsKey(metric);
    }

    /** Labels of a metric, those of its target among them. */
    public Set<String> labels(String metric) {
        Set<String> all = new TreeSet<>(labels.getOrDefault(metric, Set.of()));
        all.addAll(labels.get("*"));
        return all;
    }

    private void read(String list) {
        try (var text = ExportedMetrics.class.getResourceAsStream("/observability/metrics/%s.txt".formatted(list))) {
            new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalStateException("not a metric: %s".formatted(line));
        }
        String given = parts.group(3).strip();
        Set<String> own =
                new TreeSet<>(given.startsWith("as ") ? labels.get(given.substring(3)) : Set.of(given.split(", *")));
        own.remove("");
        if (parts.group(2) == null) {
            labels.put(parts.group(1), own);
            return;
        }
        labels.put(parts.group(1) + "_sum", own);
        labels.put(parts.group(1) + "_count", own);
        Set<String> bucket = new TreeSet<>(own);
        bucket.add("le");
        labels.put(parts.group(1) + "_bucket", bucket);
    }

    /**
     * A recorded series has the labels by which it was aggregated, or else those of the recorded series that it is made
     * from.
     */
    private void addRecorded() {
        try {
            for (String rules : RecordingQueries.files()) {
                for (JsonNode rule : new YAMLMapper().readTree(rules).findValues("rules")) {
                    rule.forEach(this::addRecorded);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addRecorded(JsonNode rule) {
        QueryNames names = QueryNames.of(rule.path("expr").asText());
        Set<String> own = new TreeSet<>(names.groupings());
        names.metrics().stream()
                .filter(metric -> metric.contains(":"))
                .forEach(metric -> own.addAll(labels.get(metric)));
        rule.path("labels").fieldNames().forEachRemaining(own::add);
        labels.computeIfAbsent(rule.path("record").asText(), name -> new TreeSet<>())
                .addAll(own);
    }
}
