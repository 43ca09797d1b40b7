package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.report.RequestTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A clean environment in which one field of one object goes wrong: check finds it, or a request ends otherwise. */
class MutationProperties {
    /** Fields that say where traffic goes and who may send it, by kind. */
    private static final Map<String, Pattern> FIELDS = Map.of(
            "VirtualService",
                    Pattern.compile(
                            "/spec/gateways/\\d+|/spec/http/\\d+/route/\\d+/destination/(host|subset|port/number)"),
            "DestinationRule", Pattern.compile("/spec/host|/spec/subsets/\\d+/(name|labels/version)"),
            "Gateway", Pattern.compile("/spec/selector/istio|/spec/servers/\\d+/(hosts/\\d+|tls/credentialName)"),
            "AuthorizationPolicy",
                    Pattern.compile(
                            "/spec/selector/matchLabels/\\w+|/spec/rules/\\d+/from/\\d+/source/principals/\\d+"),
            "Service", Pattern.compile("/spec/selector/app"));

    /** Argo CD's own Services are made by its chart, so that no manifest tells their ports. */
    private static final String UNTOLD = "argocd";

    private static final Map<String, Manifests> CLEAN = new LinkedHashMap<>();
    private static final Map<String, List<Verdict>> VERDICTS = new LinkedHashMap<>();
    private static final List<Mutation> MUTATIONS = new ArrayList<>();

    static {
        for (String environment : List.of("azure", "egov", "homelab")) {
            CLEAN.put(
                    environment,
                    new ManifestReader()
                            .path(Fixtures.dist().resolve(environment))
                            .read()
                            .manifests());
            VERDICTS.put(environment, verdicts(environment, CLEAN.get(environment)));
            List<Manifest> manifests = CLEAN.get(environment).all();
            for (int index = 0; index < manifests.size(); index++) {
                Pattern fields = FIELDS.get(manifests.get(index).kind().name());
                if (fields != null && !manifests.get(index).home().equals(UNTOLD)) {
                    collect(environment, index, "", manifests.get(index).body(), fields);
                }
            }
        }
    }

    /** One field, which becomes another name or the next number. */
    record Mutation(String environment, int manifest, String pointer) {
        Manifests applied() {
            List<String> documents = new ArrayList<>();
            for (Manifest each : CLEAN.get(environment).all()) {
                documents.add(each.body().toString());
            }
            JsonNode body = CLEAN.get(environment).all().get(manifest).body().deepCopy();
            JsonPointer place = JsonPointer.compile(pointer);
            JsonNode changed = changed(body.at(place));
            if (body.at(place.head()) instanceof ArrayNode list) {
                list.set(place.last().getMatchingIndex(), changed);
            } else {
                ((ObjectNode) body.at(place.head())).set(place.last().getMatchingProperty(), changed);
            }
            documents.set(manifest, body.toString());
            return ManifestReader.of("mutated.yaml", "---\n".concat(String.join("\n---\n", documents)))
                    .manifests();
        }

        private static JsonNode changed(JsonNode value) {
            return value.isInt()
                    ? IntNode.valueOf(value.intValue() + 1)
                    : TextNode.valueOf(value.textValue().concat("-x"));
        }

        @Override
        public String toString() {
            return "%s %s %s"
                    .formatted(environment, CLEAN.get(environment).all().get(manifest), pointer);
        }
    }

    private static void collect(String environment, int manifest, String pointer, JsonNode node, Pattern fields) {
        if (fields.matcher(pointer).matches()) {
            MUTATIONS.add(new Mutation(environment, manifest, pointer));
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                collect(environment, manifest, "%s/%d".formatted(pointer, index), node.get(index), fields);
            }
        } else {
            node.fields()
                    .forEachRemaining(field -> collect(
                            environment,
                            manifest,
                            "%s/%s".formatted(pointer, field.getKey()),
                            field.getValue(),
                            fields));
        }
    }

    private static List<Verdict> verdicts(String environment, Manifests manifests) {
        Trace trace = Trace.of(Mesh.of(manifests));
        return RequestTable.read(Path.of("test/resources/trace/%s.yaml".formatted(environment))).stream()
                .map(row -> trace.follow(row.request()).verdict())
                .toList();
    }

    @Provide
    Arbitrary<Mutation> mutations() {
        return Arbitraries.of(MUTATIONS);
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void a_field_that_goes_wrong_does_not_go_unnoticed(@ForAll("mutations") Mutation mutation) {
        Manifests mutated = mutation.applied();
        boolean found = !Checks.run(Mesh.of(mutated)).all().isEmpty();

        assertThat(found || !verdicts(mutation.environment(), mutated).equals(VERDICTS.get(mutation.environment())))
                .as("%s is noticed", mutation)
                .isTrue();
    }
}
