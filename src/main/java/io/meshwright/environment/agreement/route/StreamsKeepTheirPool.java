package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** A stream does not share the limits of other requests. */
public final class StreamsKeepTheirPool implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredRoute.of(environment)
                .flatMap(declared -> InvalidValue.thrownBy(() -> declared.owner()
                                .wanted(environment)
                                .refuseSharedPool(
                                        declared.route(),
                                        declared.owner().service().release()))
                        .map(refusal -> refusal.under(declared.at().toString()))
                        .stream())
                .toList();
    }
}
