package io.meshwright.environment.agreement;

import io.meshwright.environment.Environment;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** A circuit breaker may take out at least one of the pods that a version has. */
final class BreakersTakeOutPods implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> InvalidValue.thrownBy(() -> declared.wanted(environment)
                                .refuseIdleBreaker(declared.service().scale().least()))
                        .map(refusal ->
                                refusal.under(declared.at().key("resilience").toString()))
                        .stream())
                .toList();
    }
}
