package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.Cidr;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Version;
import java.util.ArrayList;
import java.util.List;

/** Istio's chart writes, and the platform heeds, what a gateway's Service is to have. */
public final class ServicesOfGatewaysMade implements Agreement {
    /** The first whose gateway chart reads it (manifests/charts/gateway/templates/service.yaml). */
    private static final Version CLASSES = Version.of("1.26");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        environment.gatewayEntries().forEach(entry -> {
            Version chart = environment
                    .istio()
                    .controlPlanes()
                    .serving(entry.gateway().tag())
                    .version();
            if (entry.gateway().service().loadBalancerClass() != null && !chart.isAtLeast(CLASSES)) {
                refusals.add(new InvalidValue(
                        entry.at().key("service").key("loadBalancerClass"),
                        "is not read by the gateway chart of Istio %s".formatted(chart),
                        "take Istio 1.26 or later, or an annotation of the controller"));
            }
            unbalanced(entry, refusals);
            ofIpv6(entry, refusals);
        });
        return refusals;
    }

    /** Of a load balancer without IPv6 the controller refuses all sources where one is of IPv6. */
    private static void ofIpv6(GatewayEntry entry, List<InvalidValue> refusals) {
        List<Cidr> ranges = entry.gateway().service().loadBalancerSourceRanges();
        for (int i = 0;
                i < ranges.size() && entry.isBalanced() && !entry.platform().takesIpv6();
                i++) {
            if (ranges.get(i).first().isIpv6()) {
                refusals.add(new InvalidValue(
                        entry.at()
                                .key("service")
                                .key("loadBalancerSourceRanges")
                                .index(i),
                        "\"%s\" is of IPv6, and the load balancer has addresses of IPv4 alone".formatted(ranges.get(i)),
                        "remove it, or set cluster.platform.dualStack: true"));
            }
        }
    }

    private static void unbalanced(GatewayEntry entry, List<InvalidValue> refusals) {
        if (entry.isBalanced() || entry.gateway().service().type() != null) {
            return;
        }
        if (entry.gateway().service().loadBalancerClass() != null) {
            refusals.add(unbalanced(entry, "loadBalancerClass"));
        }
        if (!entry.gateway().service().loadBalancerSourceRanges().isEmpty()) {
            refusals.add(unbalanced(entry, "loadBalancerSourceRanges"));
        }
    }

    private static InvalidValue unbalanced(GatewayEntry entry, String key) {
        return new InvalidValue(
                entry.at().key("service").key(key),
                "is for a load balancer, and this platform has node ports",
                "set service.type: LoadBalancer, or remove it");
    }
}
