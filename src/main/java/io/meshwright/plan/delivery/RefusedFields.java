package io.meshwright.plan.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.evidence.AppliedFolders;
import io.meshwright.manifest.Kind;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.side.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes that the API server refuses, because the field may not change once it is set, and the way around (kubernetes,
 * the functions Validate…Update of pkg/apis).
 */
final class RefusedFields {
    /** The fields that a StatefulSet lets change (pkg/apis/apps/validation, ValidateStatefulSetUpdate). */
    private static final Set<String> FREE_IN_STATEFUL_SET = Set.of(
            "replicas",
            "template",
            "updateStrategy",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds",
            "ordinals",
            "revisionHistoryLimit");

    private static final String ARGO_CD_REPLACES = "let Argo CD replace it (sync option Replace=true,Force=true)";
    private static final String FLUX_REPLACES =
            "delete it first; Flux does so itself with the annotation kustomize.toolkit.fluxcd.io/force: enabled";

    private static final FieldRule SELECTOR = FieldRule.fixed(FieldRule.ANEW, "spec", "selector");
    private static final FieldRule ROLE =
            FieldRule.fixed("delete the binding first, or write one with another name", "roleRef");

    private final Map<Kind, FieldRule> rules;
    private final Deliverers deliverers;

    RefusedFields(Side after, AppliedFolders folders, Deliverers deliverers) {
        this.deliverers = deliverers;
        RefusedVolumeFields volumes = new RefusedVolumeFields(after.manifests());
        RefusedStrategies strategies = new RefusedStrategies(folders, deliverers);
        rules = Map.ofEntries(
                Map.entry(Kind.DEPLOYMENT, FieldRule.any(SELECTOR, strategies::ofDeployment)),
                Map.entry(Kind.DAEMON_SET, SELECTOR),
                Map.entry(Kind.REPLICA_SET, SELECTOR),
                Map.entry(Kind.STATEFUL_SET, FieldRule.any(RefusedFields::statefulSet, strategies::ofStatefulSet)),
                Map.entry(Kind.JOB, new RefusedJobFields()),
                Map.entry(Kind.POD, new RefusedPodFields()),
                Map.entry(Kind.SERVICE, new RefusedServiceFields()),
                Map.entry(Kind.PERSISTENT_VOLUME, volumes::ofVolume),
                Map.entry(Kind.PERSISTENT_VOLUME_CLAIM, volumes::ofClaim),
                Map.entry(
                        Kind.STORAGE_CLASS,
                        FieldRule.any(
                                FieldRule.fixed(FieldRule.ANEW, "provisioner"),
                                FieldRule.fixed(FieldRule.ANEW, "parameters"),
                                FieldRule.fixed(FieldRule.ANEW, "reclaimPolicy"),
                                FieldRule.fixed(FieldRule.ANEW, "volumeBindingMode"))),
                Map.entry(
                        new Kind("storage.k8s.io", "CSIDriver"),
                        FieldRule.any(
                                FieldRule.fixed(FieldRule.ANEW, "spec", "attachRequired"),
                                FieldRule.fixed(FieldRule.ANEW, "spec", "volumeLifecycleModes"))),
                Map.entry(new Kind("rbac.authorization.k8s.io", "RoleBinding"), ROLE),
                Map.entry(new Kind("rbac.authorization.k8s.io", "ClusterRoleBinding"), ROLE),
                Map.entry(Kind.SECRET, FieldRule.any(FieldRule.fixed(FieldRule.ANEW, "type"), RefusedFields::frozen)),
                Map.entry(Kind.CONFIG_MAP, RefusedFields::frozen),
                Map.entry(
                        new Kind("scheduling.k8s.io", "PriorityClass"),
                        FieldRule.any(
                                FieldRule.fixed(FieldRule.ANEW, "value"),
                                FieldRule.fixed(FieldRule.ANEW, "preemptionPolicy"))),
                Map.entry(new Kind("node.k8s.io", "RuntimeClass"), FieldRule.fixed(FieldRule.ANEW, "handler")),
                Map.entry(Kind.INGRESS_CLASS, FieldRule.fixed(FieldRule.ANEW, "spec", "controller")),
                Map.entry(new Kind("", "ResourceQuota"), FieldRule.fixed(FieldRule.ANEW, "spec", "scopes")),
                Map.entry(
                        new Kind("discovery.k8s.io", "EndpointSlice"), FieldRule.fixed(FieldRule.ANEW, "addressType")),
                Map.entry(Kind.CUSTOM_RESOURCE_DEFINITION, RefusedFields::definition));
    }

    List<Change> changes(ObjectChanges changes) {
        List<Change> all = new ArrayList<>();
        changes.changed()
                .forEach(changed -> changed.fields()
                        .forEach(field -> remedy(changed, field)
                                .ifPresent(remedy -> all.add(ChangeRule.FIELD_REFUSED
                                        .of(
                                                changed.id().toString(),
                                                "%s may not change once it is set".formatted(field.field()))
                                        .because(reasons(changed, remedy))))));
        return all;
    }

    /** The way around; Flux tries an object before it applies the others of its folder. */
    private List<String> reasons(ObjectChange.Changed changed, String remedy) {
        if (deliverers.force(changed.after())) {
            return List.of("Flux deletes the object and makes it anew, because force is on: what it holds is lost");
        }
        String around = "the way around: "
                .concat(
                        deliverers.applyByServer(changed.after())
                                ? remedy.replace(ARGO_CD_REPLACES, FLUX_REPLACES)
                                        .replace("let Argo CD make it again", "have it made again")
                                : remedy);
        return deliverers
                .kustomization(changed.after())
                .map(by -> List.of(around, "until then %s applies nothing of its folder: force is off".formatted(by)))
                .orElse(List.of(around));
    }

    /** Tells whether an object stays as it is, since the API server refuses a part of its change. */
    boolean refuses(ObjectChange.Changed changed) {
        return !deliverers.force(changed.after())
                && changed.fields().stream()
                        .anyMatch(field -> remedy(changed, field).isPresent());
    }

    private Optional<String> remedy(ObjectChange.Changed changed, FieldChange field) {
        FieldRule rule = rules.get(changed.id().kind());
        return rule == null ? Optional.empty() : rule.remedy(changed, field);
    }

    private static Optional<String> statefulSet(ObjectChange.Changed changed, FieldChange field) {
        boolean free = field.path().size() < 2
                || !field.path().get(0).equals("spec")
                || FREE_IN_STATEFUL_SET.contains(field.path().get(1));
        return free
                ? Optional.empty()
                : Optional.of(
                        "delete it with --cascade=orphan, which keeps pods and claims, and let Argo CD make it again");
    }

    private static Optional<String> frozen(ObjectChange.Changed changed, FieldChange field) {
        boolean kept = changed.before().at("/immutable").asBoolean(false)
                && Set.of("data", "binaryData", "stringData", "immutable")
                        .contains(field.path().get(0));
        return kept
                ? Optional.of("write a new object with another name and refer to that: this one is immutable")
                : Optional.empty();
    }

    /** A version that objects are stored in may not go before all of them are stored in another. */
    private static Optional<String> definition(ObjectChange.Changed changed, FieldChange field) {
        if (field.isBelow("spec", "scope")
                || field.isBelow("spec", "group")
                || field.isBelow("spec", "names", "kind")) {
            return Optional.of(FieldRule.ANEW);
        }
        boolean gone = field.isBelow("spec", "versions")
                && field.path().size() == 3
                && field.after().isMissingNode()
                && stored(changed.before().at("/spec/versions"), field.path().get(2));
        return gone
                ? Optional.of(
                        "store every object in another version and take this one out of status.storedVersions first")
                : Optional.empty();
    }

    private static boolean stored(JsonNode versions, String item) {
        for (JsonNode version : versions) {
            if (item.equals("[%s]".formatted(version.path("name").asText("")))) {
                return version.path("storage").asBoolean(false);
            }
        }
        return false;
    }
}
