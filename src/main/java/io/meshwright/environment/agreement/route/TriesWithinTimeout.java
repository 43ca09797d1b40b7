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
                        .map(refusal -> placed(declared, refusal))
                        .stream())
                .toList();
    }

    /** At what is written: tries that a route has none of its own of are its service's. */
    private static InvalidValue placed(DeclaredRoute declared, InvalidValue refusal) {
        return declared.route().retries() != null
                ? refusal.under(declared.at().toString())
                : new InvalidValue(
                        declared.owner().at().key("resilience").then(refusal.key()),
                        "%s of %s".formatted(refusal.problem(), declared.at()),
                        refusal.remedy());
    }
}
