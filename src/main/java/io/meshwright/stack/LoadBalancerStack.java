package io.meshwright.stack;

import io.meshwright.construct.AddressPools;
import io.meshwright.environment.Environment;
import io.meshwright.platform.release.ChartAddOn;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The addresses that the cluster's own load balancer gives out. */
final class LoadBalancerStack extends Chart {
    static final String ID = "load-balancer";

    LoadBalancerStack(Construct scope, Environment environment) {
        super(scope, ID);
        AddressPools.of(
                this,
                "pools",
                ChartAddOn.METALLB.namespace(),
                environment.cluster().platform().addressPools());
    }
}
