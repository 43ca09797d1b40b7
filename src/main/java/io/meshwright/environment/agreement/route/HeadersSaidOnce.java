package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.stream.Stream;

/** No route changes by itself a header that its host or the gateway gives every answer for browsers. */
public final class HeadersSaidOnce implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredRoute.of(environment)
                .filter(declared -> !declared.isInner())
                .flatMap(declared -> refusals(environment, declared))
                .toList();
    }

    private static Stream<InvalidValue> refusals(Environment environment, DeclaredRoute declared) {
        return declared.settings(environment)
                .flatMap(settings -> settings
                        .securityHeaders()
                        .map(wider -> settings.isEncrypted() ? wider : wider.inPlainText())
                        .flatMap(wider ->
                                InvalidValue.thrownBy(() -> declared.route().guarded(wider)))
                        .stream())
                .map(wrong -> wrong.under(declared.at().toString()))
                .limit(1);
    }
}
