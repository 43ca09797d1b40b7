package io.meshwright.construct.delivery.istio;

import io.meshwright.construct.delivery.chart.ValueTree;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The Service through which the gateway is reached.
 *
 * @param type Kubernetes' Service type
 * @param annotations what the platform's load balancer reads
 * @param externalTrafficPolicy {@code Local} keeps the client's address and skips nodes without a gateway pod
 * @param allowedSources CIDRs that may connect; empty admits all
 * @param loadBalancerClass controller that gives the load balancer; charts read it from 1.26 on
 * @param loadBalancerIP address that is asked for by Kubernetes' deprecated field, where a platform reads nothing else
 */
public record GatewayService(
        String type,
        List<GatewayPort> ports,
        SortedMap<String, String> annotations,
        Optional<String> externalTrafficPolicy,
        List<String> allowedSources,
        Optional<String> loadBalancerClass,
        Optional<IpAddress> loadBalancerIP) {
    public GatewayService {
        Require.notBlank("type", type);
        ports = List.copyOf(Require.notEmpty("ports", ports));
        allowedSources = List.copyOf(allowedSources);
    }

    /** Without an address in Kubernetes' field. */
    public GatewayService(
            String type,
            List<GatewayPort> ports,
            SortedMap<String, String> annotations,
            Optional<String> externalTrafficPolicy,
            List<String> allowedSources,
            Optional<String> loadBalancerClass) {
        this(type, ports, annotations, externalTrafficPolicy, allowedSources, loadBalancerClass, Optional.empty());
    }

    boolean privileged() {
        return ports.stream().anyMatch(GatewayPort::privileged);
    }

    void into(ValueTree values) {
        values.put("service.type", type)
                .put("service.ports", ports.stream().map(GatewayPort::values).toList())
                .putIf(!annotations.isEmpty(), "service.annotations", new LinkedHashMap<>(annotations))
                .putPresent("service.externalTrafficPolicy", externalTrafficPolicy)
                .putIf(!allowedSources.isEmpty(), "service.loadBalancerSourceRanges", allowedSources)
                .putPresent("service.loadBalancerClass", loadBalancerClass)
                .putPresent("service.loadBalancerIP", loadBalancerIP.map(IpAddress::toString));
    }
}
