package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.pod.Role;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Lets one service account ask some things of the API server about its own namespace: a Role and its binding. */
public final class AccountRole extends Construct {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private final ApiObject role;
    private final ApiObject binding;

    private AccountRole(Construct scope, String id, Name namespace, String account, Role given) {
        super(scope, id);
        this.role = KubernetesObject.of(
                this,
                "Resource",
                new RoleBuilder()
                        .withNewMetadata()
                        .withName(account)
                        .withNamespace(namespace.toString())
                        .withAnnotations(given.reason() == null ? null : Map.of(MeshwrightNames.REASON, given.reason()))
                        .endMetadata()
                        .withRules(given.rules().stream()
                                .map(rule -> KubernetesModel.of(rule, PolicyRule.class))
                                .toList())
                        .build());
        this.binding = KubernetesObject.of(
                this,
                "binding",
                new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(account)
                        .withNamespace(namespace.toString())
                        .endMetadata()
                        .withNewRoleRef(GROUP, "Role", account)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(account)
                        .withNamespace(namespace.toString())
                        .endSubject()
                        .build());
    }

    /** The Role and its RoleBinding, for what this construct cannot say. */
    public List<ApiObject> resources() {
        return List.of(role, binding);
    }

    /** Lets the account of this name in this namespace do what the role says; both objects have its name. */
    public static AccountRole of(Construct scope, String id, Name namespace, String account, Role role) {
        return ConstructMaker.make(scope, id, () -> new AccountRole(scope, id, namespace, account, role));
    }
}
