package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.IstioRollout;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Services of a Rollout are there and mean its pods (pkg/apis/rollouts/validation, ValidateService). */
@AutoService(Inspection.class)
public final class RolloutOwnsServices implements Check {
    public static final Rule ROLLOUT_SERVICE_FOREIGN = Rule.error("MESH349", "rollout_service_foreign")
            .title("A Rollout names a Service that is not there, is for other pods, or is another Rollout's")
            .consequence("Argo Rollouts calls the Rollout invalid, and no release of it begins.")
            .remedy("Name a Service of the Rollout's namespace whose selector the labels of its pod template meet.");

    private static final String MANAGED = "argo-rollouts.argoproj.io/managed-by-rollouts";
    private static final String HASH = "rollouts-pod-template-hash";

    @Override
    public List<Rule> rules() {
        return List.of(ROLLOUT_SERVICE_FOREIGN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        List<IstioRollout> rollouts = IstioRollout.all(mesh).toList();
        return rollouts.stream()
                .flatMap(rollout -> rollout.services().stream()
                        .flatMap(
                                named -> finding(mesh, completeness, rollout, named)
                                        .or(() -> taken(mesh, rollouts, rollout, named))
                                        .stream()));
    }

    private static Optional<Finding> finding(Mesh mesh, Completeness completeness, IstioRollout rollout, Source named) {
        String namespace = rollout.rollout().home();
        String name = named.value().asText();
        Optional<Service> service = mesh.services().kubernetes(namespace, name);
        if (service.isEmpty()) {
            return Optional.of(Completeness.weighed(
                    ROLLOUT_SERVICE_FOREIGN.at(
                            named, "there is no Service \"%s\" in namespace \"%s\"".formatted(name, namespace)),
                    completeness.services(namespace)));
        }
        Map<String, String> besides = rollout.labelsBehind(named);
        return rollout.labels(mesh)
                .flatMap(labels -> unmet(service.get(), labels, besides)
                        .map(label -> ROLLOUT_SERVICE_FOREIGN.at(
                                named,
                                "Service \"%s\" selects %s, which the pods of the Rollout do not carry"
                                        .formatted(name, label))));
    }

    private static Optional<Map.Entry<String, String>> unmet(
            Service service, Map<String, String> labels, Map<String, String> besides) {
        return service.selector().stream()
                .flatMap(selector -> selector.labels().entrySet().stream())
                .filter(label -> !label.getKey().equals(HASH)
                        && !label.getValue().equals(labels.get(label.getKey()))
                        && !label.getValue().equals(besides.get(label.getKey())))
                .findFirst();
    }

    /** A Service is one Rollout's alone, which writes its own name on it (HasManagedByAnnotation). */
    private static Optional<Finding> taken(Mesh mesh, List<IstioRollout> rollouts, IstioRollout rollout, Source named) {
        String namespace = rollout.rollout().home();
        String name = named.value().asText();
        String own = rollout.rollout().name();
        Optional<String> written = mesh.services()
                .kubernetes(namespace, name)
                .map(service -> service.source().manifest().annotations().get(MANAGED))
                .filter(manager -> !manager.equals(own));
        return written.or(() -> rollouts.stream()
                        .map(IstioRollout::rollout)
                        .filter(other ->
                                other.home().equals(namespace) && other.name().compareTo(own) < 0 && names(other, name))
                        .map(Manifest::name)
                        .findFirst())
                .map(manager -> ROLLOUT_SERVICE_FOREIGN.at(
                        named,
                        "Service \"%s\" is Rollout \"%s\"'s, and Argo Rollouts lets no second one have it"
                                .formatted(name, manager)));
    }

    private static boolean names(Manifest rollout, String service) {
        return new IstioRollout(rollout)
                .services().stream().anyMatch(named -> named.value().asText().equals(service));
    }
}
