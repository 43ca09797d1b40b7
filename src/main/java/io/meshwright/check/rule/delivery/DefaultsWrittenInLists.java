package io.meshwright.check.rule.delivery;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.ArgoComparisons;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.definition.ListDefaults.Missing;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Argo CD compares lists of custom resources as a whole, so an item has to say what the API server adds to it: of
 * Kubernetes' own kinds Argo CD knows the defaults, and mappings it merges [argo-cd, user-guide/diff-strategies,
 * argo-cd#11074, argo-cd#11139, external-secrets#6398].
 */
@AutoService(Inspection.class)
public final class DefaultsWrittenInLists implements Check {
    public static final Rule DEFAULT_MISSING_IN_LIST = Rule.warning("MESH311", "default_missing_in_list")
            .title("A list in a custom resource leaves out what its definition defaults")
            .consequence(
                    "Argo CD compares such a list as a whole: its Application stays OutOfSync for ever, and heals without end.")
            .remedy("Write the default into the item.");

    @Override
    public List<Rule> rules() {
        return List.of(DEFAULT_MISSING_IN_LIST);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        ArgoComparisons comparisons = new ArgoComparisons(mesh.manifests());
        if (comparisons.areByServer()) {
            return Stream.empty();
        }
        CustomResources custom = new CustomResources(mesh.version(), mesh.manifests());
        return mesh.manifests().all().stream()
                .flatMap(object -> comparisons.severity(object).stream()
                        .flatMap(severity -> findings(object, added(custom, comparisons, object), severity)));
    }

    /** By the mapping that lacks them, in the order of the object. */
    private static Map<JsonPointer, List<Missing>> added(
            CustomResources custom, ArgoComparisons comparisons, Manifest object) {
        return custom.addedInLists(object).stream()
                .filter(missing -> !comparisons.ignore(object, missing.pointer().toString()))
                .collect(Collectors.groupingBy(
                        missing -> missing.pointer().head(), LinkedHashMap::new, Collectors.toList()));
    }

    private static Stream<Finding> findings(Manifest object, Map<JsonPointer, List<Missing>> added, Severity severity) {
        return added.entrySet().stream().map(entry -> {
            String fields = entry.getValue().stream()
                    .map(missing -> "%s: %s"
                            .formatted(missing.pointer().last().getMatchingProperty(), written(missing.value())))
                    .collect(Collectors.joining(", "));
            String path =
                    entry.getKey().toString().substring(1).replace("~1", "/").replace('/', '.');
            return DEFAULT_MISSING_IN_LIST
                    .at(
                            Source.of(object).at(entry.getKey().toString()),
                            "%s: the API server adds %s, and a list with it is never the one that is written here%s"
                                    .formatted(
                                            path,
                                            fields,
                                            severity == Severity.INFO ? ", should Argo CD deliver it" : ""))
                    .as(severity)
                    .remedy("Write %s into it.".formatted(fields));
        });
    }

    private static String written(JsonNode value) {
        return Fields.text(value).orElseGet(value::toString);
    }
}
