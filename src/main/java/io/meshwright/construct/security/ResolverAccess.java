package io.meshwright.construct.security;

import io.meshwright.construct.network.ClusterParties;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Lets every pod of a guarded namespace ask OpenShift's DNS, which is in another namespace and at another port. */
public final class ResolverAccess extends Construct {
    private final ApiObject resource;

    private ResolverAccess(Construct scope, String id, Name namespace) {
        super(scope, id);
        this.resource = new NetworkPolicies(this)
                .egress(
                        "Resource",
                        "openshift-dns",
                        Party.outsideMesh(namespace, namespace, Map.of()),
                        List.of(NetworkRules.toDns(ClusterParties.openShiftDns())));
    }

    /** The NetworkPolicy, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    public static ResolverAccess of(Construct scope, String id, Name namespace) {
        return ConstructMaker.make(
                scope, id, () -> new ResolverAccess(scope, id, Require.present("namespace", namespace)));
    }
}
