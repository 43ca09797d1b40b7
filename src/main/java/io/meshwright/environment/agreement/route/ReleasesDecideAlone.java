package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** The header, cookie or claim by which a release tells versions apart is no condition of a route as well. */
public final class ReleasesDecideAlone implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredRoute.of(environment)
                .flatMap(declared -> InvalidValue.thrownBy(() -> declared.matches(environment))
                        .map(refusal -> refusal.under(declared.at().toString()))
                        .stream())
                .toList();
    }
}
