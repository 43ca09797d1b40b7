package io.meshwright.construct.healing;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Name;
import io.meshwright.value.healing.HealingAction;
import io.meshwright.value.healing.HealingNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.constructs.Construct;

/** Lets one process take its one action on named objects: a Role in each namespace, bound to its own account. */
final class HealingRights extends Construct {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String ARGO = "argoproj.io";
    /** Namespace of Argo CD's Applications. */
    static final Name ARGO_CD = Name.of("argocd");

    private final HealingAction action;

    /** @param application of Argo CD that delivers the targets */
    HealingRights(Construct scope, HealingAction action, List<HealingTarget> targets, String application) {
        super(scope, "rights");
        this.action = action;
        String shared = HealingNames.SHARED.toString();
        role(
                HealingNames.NAMESPACE,
                List.of(
                        named("", "configmaps", List.of(shared), "get"),
                        named("coordination.k8s.io", "leases", List.of(shared), "get", "update"),
                        // Argo CD never applies a Lease, so that the first process makes it; no Role can name what is
                        // not there yet (kubernetes.io, RBAC, "referring to resources").
                        named("coordination.k8s.io", "leases", List.of(), "create")));
        role(ARGO_CD, List.of(named(ARGO, "applications", List.of(application), "get")));
        targets.stream()
                .collect(Collectors.groupingBy(HealingTarget::namespace, TreeMap::new, Collectors.toList()))
                .forEach((namespace, there) -> role(namespace, ofTargets(there)));
    }

    private List<PolicyRule> ofTargets(List<HealingTarget> targets) {
        List<PolicyRule> rules = new ArrayList<>();
        rules.add(named("", "events", List.of(), "create"));
        if (action == HealingAction.EVICT_POD) {
            // Names of pods are made at run time.
            rules.add(named("", "pods", List.of(), "list"));
            rules.add(named("", "pods/eviction", List.of(), "create"));
            return rules;
        }
        Map<HealingTarget.Resource, List<String>> byResource = targets.stream()
                .collect(Collectors.groupingBy(
                        HealingTarget::resource,
                        TreeMap::new,
                        Collectors.mapping(target -> target.name().toString(), Collectors.toList())));
        byResource.forEach((resource, names) -> {
            List<String> sorted = names.stream().sorted().distinct().toList();
            if (action == HealingAction.ABORT_ROLLOUT) {
                rules.add(named(resource.group(), resource.plural(), sorted, "get"));
                rules.add(named(resource.group(), "%s/status".formatted(resource.plural()), sorted, "patch"));
            } else {
                rules.add(named(resource.group(), resource.plural(), sorted, "get", "patch"));
            }
        });
        return rules;
    }

    private void role(Name namespace, List<PolicyRule> rules) {
        String name = action.process().toString();
        KubernetesObject.of(
                this,
                "role-%s".formatted(namespace),
                new RoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace.toString())
                        .endMetadata()
                        .withRules(rules)
                        .build());
        KubernetesObject.of(
                this,
                "binding-%s".formatted(namespace),
                new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace.toString())
                        .endMetadata()
                        .withNewRoleRef(GROUP, "Role", name)
                        .addNewSubject("", "ServiceAccount", name, HealingNames.NAMESPACE.toString())
                        .build());
    }

    /** Without names: what is created or listed, whose names nobody knows before. */
    private static PolicyRule named(String group, String resource, List<String> names, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withResourceNames(names)
                .withVerbs(verbs)
                .build();
    }
}
