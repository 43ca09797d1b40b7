package io.meshwright.check.rule.policy;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.SelectingObject;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A policy whose selector means no pod protects, configures and reports nothing. */
@AutoService(Inspection.class)
public final class PolicySelectsPods implements Check {
    public static final Rule POLICY_SELECTS_NO_POD = Rule.warning("MESH197", "policy_selects_no_pod")
            .restingOnAbsence()
            .title("The selector of a policy selects no pod")
            .twins("IST0127", "IST0101", "KIA0004")
            .consequence("The object acts on nothing.")
            .remedy("Use the labels of the pod template, in the pods' namespace.");

    private static final Set<Kind> OF_ENVOYS = Set.of(
            Kind.ENVOY_FILTER, Kind.WASM_PLUGIN, Kind.TRAFFIC_EXTENSION, Kind.PROXY_CONFIG, Kind.DESTINATION_RULE);

    @Override
    public List<Rule> rules() {
        return List.of(POLICY_SELECTS_NO_POD);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return SelectingObject.all(mesh)
                .filter(object -> !object.isTargeted())
                .flatMap(object -> finding(mesh, object, isTelling(mesh, completeness, object)).stream());
    }

    private static boolean isTelling(Mesh mesh, Completeness completeness, SelectingObject object) {
        return object.everywhere()
                ? mesh.installation().isWritten() && isWhole(mesh, completeness)
                : completeness.isWhole(object.object().home());
    }

    /** A control plane is often kept apart from what it serves; each namespace that is given must have its pods. */
    private static boolean isWhole(Mesh mesh, Completeness completeness) {
        List<Manifest> others = mesh.manifests().kind(Kind.NAMESPACE).stream()
                .filter(namespace -> !namespace.name().equals(mesh.config().rootNamespace()))
                .toList();
        return !others.isEmpty() && others.stream().allMatch(namespace -> completeness.isWhole(namespace.name()));
    }

    private static Optional<Finding> finding(Mesh mesh, SelectingObject object, boolean telling) {
        Manifest policy = object.object();
        // Who writes a namespace with a policy for all of it means the pods that others will put there.
        boolean wide = object.selector().isEmpty()
                && !object.everywhere()
                && policy.kind().equals(Kind.AUTHORIZATION_POLICY)
                && mesh.namespaces().manifest(policy.home()).isEmpty();
        List<Pod> pods = object.pods(mesh);
        if (!pods.isEmpty()) {
            return telling ? otherProxies(object, pods).or(() -> ofZtunnels(object, pods)) : Optional.empty();
        }
        String where = object.everywhere() ? "of the mesh" : "in namespace \"%s\"".formatted(policy.home());
        if (wide) {
            return Optional.of(Completeness.weighed(
                    POLICY_SELECTS_NO_POD.at(
                            policy, "there is no pod %s, so the object acts on nothing".formatted(where)),
                    telling));
        }
        return object.selector().isEmpty()
                ? Optional.empty()
                : Optional.of(Completeness.weighed(
                        POLICY_SELECTS_NO_POD.at(
                                object.field(),
                                "no pod %s carries %s, so the object acts on nothing%s"
                                        .formatted(where, object.selector().labels(), elsewhere(mesh, object))),
                        telling));
    }

    private static String elsewhere(Mesh mesh, SelectingObject object) {
        Set<String> others = object.others(mesh);
        return others.isEmpty()
                ? ""
                : "; pods in %s do, where it does not reach"
                        .formatted(others.stream().map("\"%s\""::formatted).collect(Collectors.joining(", ")));
    }

    /** A ztunnel is no Envoy, and knows no hosts. */
    private static Optional<Finding> ofZtunnels(SelectingObject object, List<Pod> pods) {
        return !object.selector().isEmpty()
                        && OF_ENVOYS.contains(object.object().kind())
                        && pods.stream().allMatch(pod -> pod.proxy().isZtunnel())
                ? Optional.of(POLICY_SELECTS_NO_POD.at(
                        object.field(),
                        "the pods that it selects are behind ztunnels, which heed no %s, so the object acts on nothing"
                                .formatted(object.object().kind().name())))
                : Optional.empty();
    }

    /** Patches of an EnvoyFilter that are for gateways alone, or for sidecars, where all pods have the other sort. */
    private static Optional<Finding> otherProxies(SelectingObject object, List<Pod> pods) {
        Set<String> contexts = object.contexts();
        // What the root namespace gives to every proxy may be for gateways that are installed from elsewhere.
        boolean all = object.everywhere() && object.selector().isEmpty();
        boolean gateways = contexts.equals(Set.of("GATEWAY"));
        boolean sidecars = !contexts.isEmpty() && contexts.stream().allMatch(context -> context.startsWith("SIDECAR_"));
        boolean none = pods.stream()
                .map(Pod::proxy)
                .allMatch(
                        proxy -> gateways ? proxy.isSidecar() || proxy.inMesh().isNo() : proxy.isGateway());
        return all || !gateways && !sidecars || !none
                ? Optional.empty()
                : Optional.of(POLICY_SELECTS_NO_POD.at(
                        Source.of(object.object()).at("/spec/configPatches"),
                        "the patches are for %s, and the pods that the object selects have none, so it acts on nothing"
                                .formatted(gateways ? "gateways" : "sidecars")));
    }
}
