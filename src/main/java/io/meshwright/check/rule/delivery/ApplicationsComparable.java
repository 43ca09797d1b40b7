package io.meshwright.check.rule.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AppliedFolders;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An Application that another one applies says nothing that Argo CD strips from what it stores: options of a source
 * that are all at their defaults [argo-cd, util/argo, NormalizeSource at v3.5.7; argo-cd#4501].
 */
@AutoService(Inspection.class)
public final class ApplicationsComparable implements Check {
    public static final Rule APPLICATION_NEVER_SYNCED = Rule.warning("MESH310", "application_never_synced")
            .title("An Application says what Argo CD strips from it, and never equals its file")
            .consequence(
                    "The Application that applies it is OutOfSync for ever and, with selfHeal, syncs again and again.")
            .remedy("Leave the option out; it is the default.");

    private static final List<String> STRIPPED = List.of("directory", "helm", "kustomize");

    @Override
    public List<Rule> rules() {
        return List.of(APPLICATION_NEVER_SYNCED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        AppliedFolders folders = new AppliedFolders(mesh.manifests());
        return folders.applications().stream()
                .flatMap(application -> stripped(application).stream()
                        .flatMap(options -> folders.applications().stream()
                                .filter(parent -> folders.apply(Source.of(parent), application))
                                .limit(1)
                                .map(parent -> APPLICATION_NEVER_SYNCED.at(
                                        options,
                                        "%s applies it, and Argo CD strips what says only its defaults"
                                                .formatted(parent)))));
    }

    private static List<Source> stripped(Manifest application) {
        List<Source> found = new ArrayList<>();
        for (Source source : AppliedFolders.sources(Source.of(application))) {
            for (String options : STRIPPED) {
                JsonNode written = application.at(source.pointer()).path(options);
                if (written.isObject() && isDefault(written)) {
                    found.add(source.field(options));
                }
            }
        }
        return found;
    }

    /** False, zero, empty, or made of nothing else. */
    private static boolean isDefault(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream().allMatch(field -> isDefault(field.getValue()));
        }
        return value.isNull()
                || value.isBoolean() && !value.asBoolean()
                || value.isTextual() && value.asText().isEmpty()
                || value.isArray() && Fields.items(value).isEmpty();
    }
}
