package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.traffic.Resilience;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Zones are not asked for where circuit breakers are off: istiod heeds zones and failover only for a cluster with
 * outlier detection, shares without it too (istio pilot/pkg/networking/core/loadbalancer, ApplyLocalityLoadBalancer).
 */
public final class ZonesFollowHealth implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        if (environment.istio().circuitBreakers()) {
            return List.of();
        }
        return Stream.concat(
                        refusal(KeyPath.of("resilience"), environment.resilience()),
                        DeclaredService.of(environment)
                                .flatMap(declared -> refusal(
                                        declared.at().key("resilience"),
                                        declared.service().resilience())))
                .toList();
    }

    private static Stream<InvalidValue> refusal(KeyPath at, @Nullable Resilience wanted) {
        return wanted != null && wanted.locality() != null && wanted.locality().needsHealth()
                ? Stream.of(new InvalidValue(
                        at.key("locality"),
                        "does nothing while istio.circuitBreakers is false, because failing pods are never noticed",
                        "switch the circuit breakers on, use distribute, or set locality.enabled: false until then"))
                : Stream.empty();
    }
}
