package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.rights.Account;
import io.meshwright.check.rights.GrantedRole;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.MeshwrightNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A process that acts by itself has the rights of its one action, on named objects, and no other. */
@AutoService(Inspection.class)
public final class HealerActsAlone implements Check {
    public static final Rule HEALER_MAY_MORE = Rule.error("MESH391", "healer_may_more")
            .title("A process of self-healing may do more than its one action")
            .consequence(
                    "A forged alert, or a fault of the program, does with these rights what nobody listed and nobody"
                            + " can take back.")
            .remedy("Give its account a Role for the one action with resourceNames, as docs/healing.md has it; let each"
                    + " action have an account of its own.");

    private static final String NAMED = " by name";

    /** Rights that each of them needs: the switch, the turn, whether Argo CD syncs, and Events. */
    private static final Set<String> COMMON = Set.of(
            "get configmaps by name",
            "get leases.coordination.k8s.io by name",
            "update leases.coordination.k8s.io by name",
            "create leases.coordination.k8s.io",
            "get applications.argoproj.io by name",
            "create events");

    /** OpenShift's roles that admit pods as restricted as these, and give no other right. */
    private static final Set<String> ADMITTING =
            Set.of("system:openshift:scc:restricted-v2", "system:openshift:scc:nonroot-v2");

    // Names of pods are made at run time, so that no Role can list them.
    private static final Map<String, Set<String>> OF_ACTION = Map.of(
            "abortRollout",
            Set.of("get rollouts.argoproj.io by name", "patch rollouts/status.argoproj.io by name"),
            "evictPod",
            Set.of("list pods", "create pods/eviction"),
            "moveMinimum",
            Set.of(
                    "get horizontalpodautoscalers.autoscaling by name",
                    "patch horizontalpodautoscalers.autoscaling by name",
                    "get scaledobjects.keda.sh by name",
                    "patch scaledobjects.keda.sh by name"));

    @Override
    public List<Rule> rules() {
        return List.of(HEALER_MAY_MORE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.labels().containsKey(MeshwrightNames.HEALING))
                .flatMap(pod -> GrantedRole.of(mesh, Account.of(pod)).flatMap(granted -> findings(mesh, pod, granted)));
    }

    private static Stream<Finding> findings(Mesh mesh, Pod pod, GrantedRole granted) {
        boolean admitsOnly = ADMITTING.contains(granted.name()) && !granted.isEverywhere();
        if (admitsOnly || granted.role().isEmpty() && !granted.isOfCluster()) {
            return Stream.empty();
        }
        if (granted.role().isEmpty() || granted.isEverywhere()) {
            return Stream.of(HEALER_MAY_MORE.at(
                    Source.of(granted.binding()).at("/roleRef"),
                    "%s heals by itself, and %s gives it %s%s"
                            .formatted(
                                    pod,
                                    granted.binding(),
                                    granted.name(),
                                    granted.isEverywhere() ? " in every namespace" : "")));
        }
        return granted.roles(mesh).stream().flatMap(role -> ofRole(pod, granted.binding(), role));
    }

    private static Stream<Finding> ofRole(Pod pod, Manifest binding, Manifest role) {
        List<Finding> findings = new ArrayList<>();
        List<JsonNode> rules = Fields.items(role.at("/rules"));
        for (int index = 0; index < rules.size(); index++) {
            Source place = Source.of(role).at("/rules/%d".formatted(index));
            excess(pod.labels().getOrDefault(MeshwrightNames.HEALING, ""), rules.get(index))
                    .ifPresent(right -> findings.add(HEALER_MAY_MORE.at(
                            place, "%s heals by itself, and by %s it may %s".formatted(pod, binding, right))));
        }
        return findings.stream();
    }

    /** The first right of a rule that the action does not need. */
    private static Optional<String> excess(String action, JsonNode rule) {
        Set<String> needed = OF_ACTION.getOrDefault(action, Set.of());
        return rights(rule)
                .filter(right -> !isAmong(COMMON, right) && !isAmong(needed, right))
                .findFirst();
    }

    /** A right with names is less than the same without. */
    private static boolean isAmong(Set<String> rights, String right) {
        return rights.contains(right) || rights.contains(right.replace(NAMED, ""));
    }

    private static Stream<String> rights(JsonNode rule) {
        String named = rule.path("resourceNames").isEmpty() ? "" : NAMED;
        List<String> verbs = Fields.texts(rule.path("verbs"));
        Stream<String> paths = Fields.texts(rule.path("nonResourceURLs")).stream()
                .flatMap(path -> verbs.stream().map(verb -> "%s %s".formatted(verb, path)));
        return Stream.concat(
                paths,
                Fields.texts(rule.path("apiGroups")).stream()
                        .flatMap(group -> Fields.texts(rule.path("resources")).stream()
                                .flatMap(resource -> verbs.stream()
                                        .map(verb -> "%s %s%s%s"
                                                .formatted(
                                                        verb,
                                                        resource,
                                                        group.isEmpty() ? "" : ".".concat(group),
                                                        named)))));
    }
}
