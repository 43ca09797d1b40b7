package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** The load balancer admits the proxy's addresses alone only on a platform where it can. */
public final class OriginClosable implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.gatewayEntries().stream()
                .filter(entry -> entry.edge().closeOrigin()
                        && !environment.cluster().platform().limitsSources())
                .map(entry -> new InvalidValue(
                        entry.isFirst()
                                ? KeyPath.of("cluster.edge.closeOrigin")
                                : entry.at().key("edge").key("closeOrigin"),
                        "\"true\" closes nothing, because the load balancer of this platform admits every address",
                        "remove it, and let a firewall in front admit the proxy's addresses alone"))
                .toList();
    }
}
