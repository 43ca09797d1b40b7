package io.meshwright.construct.security;

import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Admits the pods of a namespace on OpenShift by one of its SecurityContextConstraints: a RoleBinding for the
 * namespace's service accounts [docs.openshift.com, Managing security context constraints].
 */
public final class SccGrant extends Construct {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private final ApiObject resource;

    private SccGrant(Construct scope, String id, Name namespace, Constraints constraints) {
        super(scope, id);
        this.resource = KubernetesObject.of(
                this,
                "Resource",
                new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("scc-%s".formatted(constraints.scc))
                        .withNamespace(namespace.toString())
                        .endMetadata()
                        .withNewRoleRef(GROUP, "ClusterRole", "system:openshift:scc:%s".formatted(constraints.scc))
                        .addNewSubject(GROUP, "Group", "system:serviceaccounts:%s".formatted(namespace), null)
                        .build());
    }

    /** The RoleBinding, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    public static SccGrant of(Construct scope, String id, Name namespace, Constraints constraints) {
        return ConstructMaker.make(
                scope, id, () -> new SccGrant(scope, id, Require.present("namespace", namespace), constraints));
    }

    /** OpenShift's own constraints, in the order of what they admit. */
    public enum Constraints {
        /** As restricted as restricted-v2, with any user but root and any group of volumes. */
        NONROOT("nonroot-v2"),
        /** Any user. */
        ANY_USER("anyuid"),
        /** All that there is. */
        PRIVILEGED("privileged");

        private final String scc;

        Constraints(String scc) {
            this.scc = scc;
        }
    }
}
