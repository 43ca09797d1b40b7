package io.meshwright.plan.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.text.Amount;
import io.meshwright.manifest.Kind;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.ObjectChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changes that the API server refuses, because the field may not change once it is set, and the way around. */
final class RefusedFields {
    private static final Kind STORAGE_CLASS = new Kind("storage.k8s.io", "StorageClass");
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ANEW =
            "delete the object first, or give the new one another name and remove this one when it has taken over";

    /** What a StatefulSet lets change (kubernetes, pkg/apis/apps/validation, ValidateStatefulSetUpdate). */
    private static final Set<String> FREE_IN_STATEFUL_SET = Set.of(
            "replicas",
            "template",
            "updateStrategy",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds",
            "ordinals",
            "revisionHistoryLimit");

    private record Rule(List<String> path, String remedy) {}

    private static final Map<Kind, List<Rule>> RULES = Map.ofEntries(
            Map.entry(Kind.DEPLOYMENT, List.of(new Rule(List.of("spec", "selector"), ANEW))),
            Map.entry(Kind.DAEMON_SET, List.of(new Rule(List.of("spec", "selector"), ANEW))),
            Map.entry(Kind.REPLICA_SET, List.of(new Rule(List.of("spec", "selector"), ANEW))),
            Map.entry(
                    Kind.JOB,
                    List.of(
                            new Rule(
                                    List.of("spec", "template"),
                                    "give the Job another name, or let Argo CD replace it (sync option Replace=true,Force=true)"),
                            new Rule(List.of("spec", "selector"), ANEW),
                            new Rule(List.of("spec", "completionMode"), ANEW))),
            Map.entry(
                    Kind.PERSISTENT_VOLUME,
                    List.of(new Rule(List.of("spec", "claimRef"), ANEW), new Rule(List.of("spec", "csi"), ANEW))),
            Map.entry(
                    STORAGE_CLASS,
                    List.of(
                            new Rule(List.of("provisioner"), ANEW),
                            new Rule(List.of("parameters"), ANEW),
                            new Rule(List.of("reclaimPolicy"), ANEW),
                            new Rule(List.of("volumeBindingMode"), ANEW))),
            Map.entry(
                    new Kind(RBAC, "RoleBinding"),
                    List.of(new Rule(List.of("roleRef"), "delete the binding first, or write one with another name"))),
            Map.entry(
                    new Kind(RBAC, "ClusterRoleBinding"),
                    List.of(new Rule(List.of("roleRef"), "delete the binding first, or write one with another name"))),
            Map.entry(Kind.SECRET, List.of(new Rule(List.of("type"), ANEW))));

    private RefusedFields() {}

    static List<Change> changes(ObjectChanges changes) {
        List<Change> refused = new ArrayList<>();
        changes.changed()
                .forEach(changed -> changed.fields()
                        .forEach(field -> remedy(changed, field)
                                .ifPresent(remedy -> refused.add(ChangeRule.FIELD_REFUSED
                                        .of(
                                                changed.id().toString(),
                                                "%s may not change once it is set".formatted(field.field()))
                                        .because(List.of("the way around: ".concat(remedy)))))));
        return refused;
    }

    private static Optional<String> remedy(ObjectChange.Changed changed, FieldChange field) {
        Kind kind = changed.id().kind();
        if (kind.equals(Kind.STATEFUL_SET)) {
            boolean free = field.path().size() < 2
                    || !field.path().get(0).equals("spec")
                    || FREE_IN_STATEFUL_SET.contains(field.path().get(1));
            return free
                    ? Optional.empty()
                    : Optional.of(
                            "delete it with --cascade=orphan, which keeps pods and claims, and let Argo CD make it again");
        }
        if (kind.equals(Kind.PERSISTENT_VOLUME_CLAIM)) {
            return claim(changed, field);
        }
        if (kind.equals(Kind.SERVICE)) {
            return clusterIp(field);
        }
        if (kind.equals(Kind.CUSTOM_RESOURCE_DEFINITION)) {
            return definition(changed, field);
        }
        boolean immutable = changed.before().at("/immutable").asBoolean(false)
                && (kind.equals(Kind.CONFIG_MAP) || kind.equals(Kind.SECRET))
                && (field.isBelow("data")
                        || field.isBelow("binaryData")
                        || field.isBelow("stringData")
                        || field.isBelow("immutable"));
        if (immutable) {
            return Optional.of("write a new object with another name and refer to that: this one is immutable");
        }
        return RULES.getOrDefault(kind, List.of()).stream()
                .filter(rule -> field.isBelow(rule.path().toArray(String[]::new)))
                .map(Rule::remedy)
                .findFirst();
    }

    /** A claim may only grow, and where its class does not allow that, not even so. */
    private static Optional<String> claim(ObjectChange.Changed changed, FieldChange field) {
        if (!field.isBelow("spec") || field.isBelow("spec", "volumeAttributesClassName")) {
            return Optional.empty();
        }
        if (field.isBelow("spec", "resources", "requests", "storage")) {
            Optional<Amount> was = Amount.of(changed.before().at("/spec/resources/requests/storage"));
            Optional<Amount> is = Amount.of(changed.after().at("/spec/resources/requests/storage"));
            boolean shrinks = was.isPresent() && is.isPresent() && is.get().compareTo(was.get()) < 0;
            return shrinks ? Optional.of("a claim cannot shrink: write a new one and copy the data") : Optional.empty();
        }
        return Optional.of("write a new claim with another name and copy the data");
    }

    private static Optional<String> clusterIp(FieldChange field) {
        boolean set = field.isBelow("spec", "clusterIP")
                && !field.before().isMissingNode()
                && !field.after().isMissingNode();
        return set
                ? Optional.of("delete the Service first, or leave clusterIP as it was: calls fail in between")
                : Optional.empty();
    }

    /** A version that objects are stored in may not go before all of them are stored in another. */
    private static Optional<String> definition(ObjectChange.Changed changed, FieldChange field) {
        if (field.isBelow("spec", "scope")
                || field.isBelow("spec", "group")
                || field.isBelow("spec", "names", "kind")) {
            return Optional.of(ANEW);
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
