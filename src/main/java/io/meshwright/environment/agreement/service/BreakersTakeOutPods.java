package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.CircuitBreaker;
import io.meshwright.value.traffic.Resilience;
import java.util.List;
import java.util.stream.Stream;

/** A circuit breaker may take out at least one of the pods that a version has. */
public final class BreakersTakeOutPods implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> Stream.concat(onlyPod(declared), tooSmallShare(environment, declared)))
                .toList();
    }

    /** An environment's own breaker is for those services that have more pods. */
    private static Stream<InvalidValue> onlyPod(DeclaredService declared) {
        return Stream.ofNullable(declared.service().resilience())
                .map(Resilience::circuitBreaker)
                .filter(breaker -> breaker.enabled()
                        && !breaker.equals(CircuitBreaker.defaults())
                        && !breaker.acts(declared.service().scale().least()))
                .map(breaker -> new InvalidValue(
                        declared.at().key("resilience").key("circuitBreaker"),
                        "takes out no pod, because the only one stays",
                        "raise scale.replicas, or remove it"));
    }

    private static Stream<InvalidValue> tooSmallShare(Environment environment, DeclaredService declared) {
        return InvalidValue.thrownBy(() -> declared.wanted(environment)
                        .refuseIdleBreaker(declared.service().scale().least()))
                .map(refusal -> refusal.under(declared.at().key("resilience").toString()))
                .stream();
    }
}
