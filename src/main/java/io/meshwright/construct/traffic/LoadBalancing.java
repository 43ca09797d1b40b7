package io.meshwright.construct.traffic;

import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyLoadBalancer;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashHttpCookie;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSetting;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingDistribute;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingFailover;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyLoadBalancerSimple;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyLoadBalancerWarmup;
import io.meshwright.value.Duration;
import io.meshwright.value.Version;
import io.meshwright.value.traffic.Cookie;
import io.meshwright.value.traffic.LoadBalancer;
import io.meshwright.value.traffic.Locality;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the way in which clients choose among the pods of a service, as Istio writes it. */
final class LoadBalancing {
    // Earlier releases know only the field that later ones call deprecated (istio.io/api 1.23, 1.26).
    private static final Version WARMUP_BLOCK = Version.of("1.24");

    private LoadBalancing() {}

    static DestinationRuleSpecTrafficPolicyLoadBalancer of(DestinationPolicy.Props props) {
        LoadBalancer balancer = props.resilience().loadBalancer();
        DestinationRuleSpecTrafficPolicyLoadBalancer.Builder rendered =
                DestinationRuleSpecTrafficPolicyLoadBalancer.builder()
                        .simple(simple(balancer.simple()))
                        .consistentHash(hash(balancer.consistentHash()))
                        .localityLbSetting(locality(props));
        if (balancer.warmup() != null) {
            warmup(rendered, balancer.warmup(), props.istio());
        }
        return rendered.build();
    }

    private static void warmup(
            DestinationRuleSpecTrafficPolicyLoadBalancer.Builder rendered, Duration warmup, Version istio) {
        if (istio.isAtLeast(WARMUP_BLOCK)) {
            rendered.warmup(DestinationRuleSpecTrafficPolicyLoadBalancerWarmup.builder()
                    .duration(warmup.toString())
                    .build());
        } else {
            rendered.warmupDurationSecs(warmup.toString());
        }
    }

    private static @Nullable DestinationRuleSpecTrafficPolicyLoadBalancerSimple simple(
            LoadBalancer.@Nullable Simple simple) {
        return simple == null
                ? null
                : switch (simple) {
                    case ROUND_ROBIN -> DestinationRuleSpecTrafficPolicyLoadBalancerSimple.ROUND_UNDERSCORE_ROBIN;
                    case LEAST_REQUEST -> DestinationRuleSpecTrafficPolicyLoadBalancerSimple.LEAST_UNDERSCORE_REQUEST;
                    case RANDOM -> DestinationRuleSpecTrafficPolicyLoadBalancerSimple.RANDOM;
                };
    }

    private static @Nullable DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash hash(
            LoadBalancer.@Nullable ConsistentHash hash) {
        return hash == null
                ? null
                : DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash.builder()
                        .httpHeaderName(hash.httpHeaderName())
                        .httpQueryParameterName(hash.httpQueryParameterName())
                        .useSourceIp(hash.useSourceIp() ? true : null)
                        .httpCookie(hash.httpCookie() == null ? null : cookie(hash.httpCookie()))
                        .build();
    }

    private static DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashHttpCookie cookie(Cookie cookie) {
        return DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashHttpCookie.builder()
                .name(cookie.name())
                .path("/")
                .ttl(cookie.ttl().toString())
                .build();
    }

    private static @Nullable DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSetting locality(
            DestinationPolicy.Props props) {
        Locality locality = props.resilience().locality();
        boolean health = props.resilience().circuitBreaker().acts(props.replicas());
        if (locality == null || !locality.enabled()) {
            // Wherever failing pods are noticed, the mesh's default keeps requests in their zone; "no difference" must
            // be said.
            return health
                    ? DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSetting.builder()
                            .enabled(false)
                            .build()
                    : null;
        } else if (locality.needsHealth() && !health) {
            return null;
        }
        return DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSetting.builder()
                .enabled(true)
                .failover(
                        locality.failover().isEmpty()
                                ? null
                                : locality.failover().stream()
                                        .map(LoadBalancing::failover)
                                        .toList())
                .distribute(
                        locality.distribute().isEmpty()
                                ? null
                                : locality.distribute().stream()
                                        .map(LoadBalancing::distribute)
                                        .toList())
                .build();
    }

    private static DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingFailover failover(
            Locality.Failover failover) {
        return DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingFailover.builder()
                .from(failover.from())
                .to(failover.to())
                .build();
    }

    private static DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingDistribute distribute(
            Locality.Distribute distribute) {
        Map<String, Number> to = new TreeMap<>();
        distribute.to().forEach((locality, share) -> to.put(locality, share.value()));
        return DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingDistribute.builder()
                .from(distribute.from())
                .to(to)
                .build();
    }
}
