package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.AwsLoadBalancer;
import io.meshwright.mesh.workload.OpenService;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The AWS Load Balancer Controller can make the load balancer that a Service asks it for: static addresses are as many
 * as subnets and of the right scheme, and sources of IPv6 are of a load balancer with IPv6
 * (kubernetes-sigs/aws-load-balancer-controller, pkg/service).
 */
@AutoService(Inspection.class)
public final class AwsBalancerMade implements Check {
    public static final Rule BALANCER_REFUSED = Rule.error("MESH382", "balancer_refused")
            .title("The AWS Load Balancer Controller makes no load balancer of a Service")
            .consequence("The Service waits for an address for ever, or keeps a load balancer that no change reaches.")
            .remedy(
                    "Give one allocation or address for each of the subnets, Elastic IPs to the scheme internet-facing and"
                            + " private addresses to internal, and sources of IPv6 to the address type dualstack.");

    private static final String PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";
    private static final String SCHEME = PREFIX + "scheme";
    private static final String SUBNETS = PREFIX + "subnets";
    private static final List<String> OTHER_GROUPS = List.of(PREFIX + "security-groups", PREFIX + "disable-nlb-sg");

    /**
     * Addresses that one asks for.
     *
     * @param annotation that has them, separated by commas
     * @param words as sentences call them
     * @param scheme of the load balancers that have none of the kind
     */
    private record Addresses(String annotation, String words, String scheme) {}

    private static final List<Addresses> STATIC = List.of(
            new Addresses(PREFIX + "eip-allocations", "Elastic IPs", "internal"),
            new Addresses(PREFIX + "private-ipv4-addresses", "private addresses", "internet-facing"));

    @Override
    public List<Rule> rules() {
        return List.of(BALANCER_REFUSED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.services().all().stream()
                .map(OpenService::new)
                .filter(open -> AwsLoadBalancer.of(open)
                        .filter(AwsLoadBalancer::isOfController)
                        .isPresent())
                .flatMap(open -> Stream.concat(
                        STATIC.stream().flatMap(addresses -> addresses(open, addresses).stream()),
                        sources(open).stream()));
    }

    private static Optional<Finding> addresses(OpenService open, Addresses addresses) {
        List<String> given = items(open, addresses.annotation());
        List<String> subnets = items(open, SUBNETS);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (open.annotations().getOrDefault(SCHEME, "").equals(addresses.scheme())) {
            return Optional.of(BALANCER_REFUSED.at(
                    open.annotationAt(addresses.annotation()),
                    "%s asks for %s, which no load balancer of scheme %s has"
                            .formatted(open.service(), addresses.words(), addresses.scheme())));
        }
        // Subnets that tags choose are as many as there are.
        return subnets.isEmpty() || subnets.size() == given.size()
                ? Optional.empty()
                : Optional.of(BALANCER_REFUSED.at(
                        open.annotationAt(addresses.annotation()),
                        "%s has %d %s for %d subnets"
                                .formatted(open.service(), given.size(), addresses.words(), subnets.size())));
    }

    private static Optional<Finding> sources(OpenService open) {
        boolean takes =
                open.annotations().getOrDefault(PREFIX + "ip-address-type", "").startsWith("dualstack");
        return takes || OTHER_GROUPS.stream().anyMatch(open.annotations()::containsKey)
                ? Optional.empty()
                : open.ranges().stream()
                        .filter(range -> range.contains(":"))
                        .findFirst()
                        .map(range -> BALANCER_REFUSED.at(
                                open.setting("loadBalancerSourceRanges").isEmpty()
                                        ? open.annotationAt("service.beta.kubernetes.io/load-balancer-source-ranges")
                                        : open.field("loadBalancerSourceRanges"),
                                "%s admits %s, and its load balancer has addresses of IPv4 alone"
                                        .formatted(open.service(), range)));
    }

    private static List<String> items(OpenService open, String annotation) {
        return Arrays.stream(open.annotations().getOrDefault(annotation, "").split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
