package io.meshwright.construct.observability;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.value.Name;
import java.util.List;
import software.constructs.Construct;

/** Lets one program read objects of the whole cluster: a ClusterRole, bound to the program's own service account. */
final class ReadRights extends Construct {
    private static final List<String> READ = List.of("get", "list", "watch");

    ReadRights(Construct scope, Component component, Name namespace, List<PolicyRule> rules) {
        super(scope, "rights");
        // Cluster-wide names: two stacks on one cluster must not take each other's rights away.
        String name = "%s-%s".formatted(namespace, component.app());
        KubernetesObject.of(
                this,
                "role",
                new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withRules(rules)
                        .build());
        KubernetesObject.of(
                this,
                "binding",
                new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef()
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withKind("ClusterRole")
                        .withName(name)
                        .endRoleRef()
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(component.app())
                        .withNamespace(namespace.toString())
                        .endSubject()
                        .build());
    }

    /** Reading everything of these kinds. */
    static PolicyRule read(String group, String... resources) {
        return rule(group, READ, resources);
    }

    static PolicyRule rule(String group, List<String> verbs, String... resources) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs)
                .build();
    }
}
