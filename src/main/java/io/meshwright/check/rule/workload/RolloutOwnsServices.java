package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.IstioRollout;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Services of a Rollout are there and mean its pods (pkg/apis/rollouts/validation, ValidateService). */
@AutoService(Inspection.class)
public final class RolloutOwnsServices implements Check {
    public static final Rule ROLLOUT_SERVICE_FOREIGN = Rule.error("MESH349", "rollout_service_foreign")
            .title("A Rollout names a Service that is not there, or is for other pods")
            .consequence("Argo Rollouts calls the Rollout invalid, and no release of it begins.")
            .remedy("Name a Service of the Rollout's namespace whose selector the labels of its pod template meet.");

    private static final String HASH = "rollouts-pod-template-hash";

    @Override
    public List<Rule> rules() {
        return List.of(ROLLOUT_SERVICE_FOREIGN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return IstioRollout.all(mesh)
                .flatMap(rollout -> rollout.services().stream()
                        .flatMap(named -> finding(mesh, completeness, rollout, named).stream()));
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
        return mesh.pods()
                .of(rollout.rollout())
                .flatMap(pod -> unmet(service.get(), pod)
                        .map(label -> ROLLOUT_SERVICE_FOREIGN.at(
                                named,
                                "Service \"%s\" selects %s, which the pods of the Rollout do not carry"
                                        .formatted(name, label))));
    }

    private static Optional<Map.Entry<String, String>> unmet(Service service, Pod pod) {
        return service.selector().stream()
                .flatMap(selector -> selector.labels().entrySet().stream())
                .filter(label -> !label.getKey().equals(HASH)
                        && !label.getValue().equals(pod.labels().get(label.getKey())))
                .findFirst();
    }
}
