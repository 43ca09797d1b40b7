package io.meshwright.plan.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.evidence.AppliedFolders;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.value.delivery.FluxNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Those that apply objects besides Argo CD: Kustomizations of Flux, or people by the steps of an Installation. */
final class Deliverers {
    private static final String ON = "enabled";

    private final AppliedFolders folders;
    private final List<Manifest> kustomizations;
    private final List<Manifest> installations;

    Deliverers(Manifests manifests, AppliedFolders folders) {
        this.folders = folders;
        this.kustomizations = manifests.kind(Kind.FLUX_KUSTOMIZATION);
        this.installations = manifests.kind(Kind.INSTALLATION);
    }

    /** The Kustomization that applies an object; Flux reads folders below its own too. */
    Optional<Manifest> kustomization(Manifest object) {
        return kustomizations.stream()
                .filter(each -> folders.isIn(each.text("/spec/path").orElse(""), true, object))
                .findFirst();
    }

    /** The step in which people apply an object, such as {@code step 3 of 12}. */
    Optional<String> step(Manifest object) {
        for (Manifest installation : installations) {
            String home = AppliedFolders.of(installation).replaceFirst("[^/]+$", "");
            List<JsonNode> steps = Fields.items(installation.at("/spec/steps"));
            for (int i = 0; i < steps.size(); i++) {
                if (isIn(steps.get(i), home, object)) {
                    return Optional.of("step %d of %d".formatted(i + 1, steps.size()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isIn(JsonNode step, String home, Manifest object) {
        if (object.kind().equals(Kind.RELEASE)) {
            return step.path("install").asText().equals(object.name())
                    && step.path("namespace").asText().equals(object.home());
        }
        return step.has("apply")
                && AppliedFolders.of(object)
                        .equals(home.concat(step.path("apply").asText()));
    }

    /** True if an object that is gone from Git stays in the cluster, because nobody there knows of it. */
    boolean areByHand() {
        return !installations.isEmpty() && kustomizations.isEmpty();
    }

    boolean applyByServer(Manifest object) {
        return kustomization(object).isPresent() || step(object).isPresent();
    }

    /** True if Flux makes an object anew whose change the API server refuses. */
    boolean force(Manifest object) {
        return kustomization(object)
                .filter(each -> each.at("/spec/force").asBoolean(false)
                        || object.annotations()
                                .getOrDefault(FluxNames.FORCE, "")
                                .equalsIgnoreCase(ON))
                .isPresent();
    }

    /** True if Flux leaves an object in the cluster when it is gone from Git. */
    static boolean keep(Manifest object) {
        return object.annotations().getOrDefault(FluxNames.PRUNE, "").equalsIgnoreCase("disabled");
    }

    /** Places of a Kustomization in the order of all, as people read them. */
    static String words(Manifest kustomization) {
        List<String> after = new ArrayList<>();
        Fields.items(kustomization.at("/spec/dependsOn"))
                .forEach(each -> after.add(each.path("name").asText()));
        return after.isEmpty()
                ? "%s (first)".formatted(kustomization)
                : "%s (after %s)".formatted(kustomization, String.join(", ", after));
    }
}
