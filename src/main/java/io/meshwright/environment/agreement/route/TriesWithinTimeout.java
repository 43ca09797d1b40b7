package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** All tries of a request fit into its timeout. */
public final class TriesWithinTimeout implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredRoute.of(environment)
                .flatMap(declared -> InvalidValue.thrownBy(
                        () -> declared.owner().wanted(environment).refuseLateTries(declared.route()))
                        .map(refusal -> refusal.under(declared.at().toString()))
                        .stream())
                .toList();
    }
}
