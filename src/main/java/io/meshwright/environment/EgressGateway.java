package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.workload.Resources;

/** The gateway through which calls leave the cluster, in the namespace istio-egress: one place to watch and to open. */
@Doc("The gateway through which externals with egressGateway: true are called.")
public record EgressGateway(
        @Defaulted @Doc("Its pods; default 2.") Integer replicas,

        @Defaulted @Doc("What one of them reserves and may use; default 100m/128Mi, at most 1Gi.")
        Resources resources) {
    private static final Resources RESOURCES = Resources.of("100m", "128Mi", "1Gi");

    public EgressGateway {
        replicas = replicas == null ? 2 : Require.inRange("replicas", replicas, 1, 50);
        resources = resources == null ? RESOURCES : resources;
    }
}
