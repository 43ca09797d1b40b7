package io.meshwright.check.rule.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AppliedFolders;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.ArgoNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An Application that lies in the folder that it applies does not wait for its own health. It does where Applications
 * have a health, which Argo CD gives them only by a setting, and where another wave follows its own: Argo CD waits for
 * the health of all waves but the last [argo-cd, gitops-engine, pkg/sync/sync_context.go at v3.5.7].
 */
@AutoService(Inspection.class)
public final class SyncsEnd implements Check {
    public static final Rule APPLICATION_AWAITS_ITSELF = Rule.warning("MESH308", "application_awaits_itself")
            .title("An Application lies in the folder that it applies and waits for its own health")
            .consequence(
                    "Its sync goes on as long as any of its children is not healthy; newer commits are held back meanwhile,"
                            + " and a degraded child fails it.")
            .remedy(
                    "Let the health script tell the Application apart, such as by an annotation, or move it out of its own"
                            + " folder.");

    private static final String HEALTH = "resource.customizations.health.argoproj.io_Application";
    private static final String WAVE = ArgoNames.SYNC_WAVE;

    @Override
    public List<Rule> rules() {
        return List.of(APPLICATION_AWAITS_ITSELF);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Optional<Source> health = health(mesh);
        AppliedFolders folders = new AppliedFolders(mesh.manifests());
        return health.stream()
                .flatMap(script -> folders.applications().stream()
                        .filter(application -> folders.apply(Source.of(application), application))
                        .flatMap(application -> after(mesh, folders, application)
                                .limit(1)
                                .map(later -> APPLICATION_AWAITS_ITSELF.at(
                                        Source.of(application).at("/spec/source/path"),
                                        ("it lies in the folder that it applies, %s is in a later wave, and %s "
                                                        + "gives every Application its reported health")
                                                .formatted(later, script)))));
    }

    /** Objects that the Application applies after itself. */
    private static Stream<Manifest> after(Mesh mesh, AppliedFolders folders, Manifest application) {
        return mesh.manifests().all().stream()
                .filter(object -> wave(object) > wave(application) && folders.apply(Source.of(application), object));
    }

    private static int wave(Manifest object) {
        try {
            return Integer.parseInt(object.annotations().getOrDefault(WAVE, "0").strip());
        } catch (NumberFormatException unreadable) {
            return 0; // as Argo CD takes it
        }
    }

    /** Finds the script that says the same of every Application: one that never asks which one it judges. */
    private static Optional<Source> health(Mesh mesh) {
        return Stream.concat(
                        mesh.manifests().kind(Kind.CONFIG_MAP).stream()
                                .filter(map -> map.name().equals("argocd-cm"))
                                .map(map -> Source.of(map).at("/data")),
                        mesh.manifests().kind(Kind.APPLICATION).stream()
                                .flatMap(application -> AppliedFolders.sources(Source.of(application)).stream())
                                .filter(source ->
                                        source.value().path("chart").asText("").equals("argo-cd"))
                                .map(source -> source.at("/helm/valuesObject/configs/cm")))
                .map(settings -> settings.field(HEALTH))
                .filter(SyncsEnd::asksNotWhich)
                .findFirst();
    }

    private static boolean asksNotWhich(Source setting) {
        JsonNode script = setting.value();
        return script.isTextual()
                && script.asText().contains("obj.status")
                && !script.asText().contains("obj.metadata");
    }
}
