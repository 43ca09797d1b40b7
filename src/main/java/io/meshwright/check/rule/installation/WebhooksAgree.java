package io.meshwright.check.rule.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** At most one of Istio's webhooks answers for a pod, whatever labels it and its namespace carry. */
@AutoService(Inspection.class)
public final class WebhooksAgree implements Check {
    public static final Rule WEBHOOKS_OVERLAP = Rule.error("MESH301", "webhooks_overlap")
            .title("Two webhooks of Istio answer for the same pods")
            .twins("IST0139")
            .consequence("A proxy may be put into a pod twice, or by the wrong revision.")
            .remedy("Remove the configuration of the revision that is gone, or give each its own labels.");

    private static final String REVISION = IstioLabels.REVISION;

    /** A webhook that injects, and what it looks at. */
    private record Webhook(Source source, JsonNode body) {
        static Stream<Webhook> of(Manifest configuration) {
            return IntStream.range(0, configuration.at("/webhooks").size())
                    .mapToObj(index -> new Webhook(
                            Source.of(configuration).item("webhooks", index),
                            configuration.at("/webhooks").path(index)));
        }

        /** Istio's, and not one for other objects than pods. */
        boolean injects() {
            boolean forPods = body.path("rules").isEmpty()
                    || Fields.items(body.path("rules")).stream()
                            .anyMatch(
                                    rule -> Fields.texts(rule.path("resources")).contains("pods"));
            return forPods
                    && (body.path("name").asText("").endsWith("istio.io")
                            || !revisions().isEmpty());
        }

        Selector namespaces() {
            return Selector.of(body.path("namespaceSelector"));
        }

        Selector objects() {
            return Selector.of(body.path("objectSelector"));
        }

        Set<String> revisions() {
            Set<String> revisions = new TreeSet<>();
            for (Selector selector : List.of(namespaces(), objects())) {
                Optional.ofNullable(selector.labels().get(REVISION)).ifPresent(revisions::add);
                selector.expressions().stream()
                        .filter(expression -> expression.key().equals(REVISION))
                        .forEach(expression -> revisions.addAll(expression.values()));
            }
            return revisions;
        }

        String named() {
            return "\"%s\" of %s".formatted(body.path("name").asText(""), source.manifest());
        }
    }

    @Override
    public List<Rule> rules() {
        return List.of(WEBHOOKS_OVERLAP);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<Webhook> webhooks = mesh.manifests().kind(Kind.MUTATING_WEBHOOK).stream()
                .filter(object -> mesh.manifests()
                                .same(object.kind(), object.home(), object.name())
                                .get(0)
                        == object)
                .flatMap(Webhook::of)
                .filter(Webhook::injects)
                .toList();
        if (webhooks.size() < 2) {
            return Stream.empty();
        }
        Set<String> revisions = new TreeSet<>();
        webhooks.forEach(webhook -> revisions.addAll(webhook.revisions()));
        List<Map<String, String>> namespaces = labels(IstioLabels.INJECTION, List.of("enabled", "disabled"), revisions);
        List<Map<String, String>> objects = labels(IstioLabels.INJECT, List.of("true", "false"), revisions);
        Set<Webhook> reported = new LinkedHashSet<>();
        List<Finding> findings = new ArrayList<>();
        for (Map<String, String> namespace : namespaces) {
            List<Webhook> here = webhooks.stream()
                    .filter(webhook -> webhook.namespaces().selects(namespace))
                    .toList();
            objects.forEach(object -> findings.addAll(overlap(
                    here.stream()
                            .filter(webhook -> webhook.objects().selects(object))
                            .toList(),
                    reported)));
        }
        return findings.stream();
    }

    private static List<Finding> overlap(List<Webhook> answering, Set<Webhook> reported) {
        return answering.size() < 2
                ? List.of()
                : answering.stream()
                        .filter(reported::add)
                        .map(webhook -> WEBHOOKS_OVERLAP.at(
                                webhook.source(),
                                "%s answers for the same pods, so a proxy may be put into them twice"
                                        .formatted(answering.stream()
                                                .filter(other -> other != webhook)
                                                .findFirst()
                                                .orElseThrow()
                                                .named())))
                        .toList();
    }

    /** All that the labels for injection can say: nothing, yes or no, and each revision or none. */
    private static List<Map<String, String>> labels(String key, List<String> values, Set<String> revisions) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String value : Stream.concat(Stream.of(""), values.stream()).toList()) {
            for (String revision :
                    Stream.concat(Stream.of(""), revisions.stream()).toList()) {
                Map<String, String> labels = new TreeMap<>();
                labels.put(key, value);
                labels.put(REVISION, revision);
                labels.values().removeIf(String::isEmpty);
                all.add(labels);
            }
        }
        return all;
    }
}
