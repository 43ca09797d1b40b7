package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Observability;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Kiali lets nobody in without a login whom the gateway does not keep out. */
public final class KialiLoginGuarded implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Observability observability = environment.observability();
        return observability.kiali().login() == Observability.Kiali.Login.ANONYMOUS
                        && observability.access().from().isEmpty()
                ? List.of(new InvalidValue(
                        KeyPath.of("observability.kiali.login"),
                        "\"anonymous\" is open to everybody",
                        "list addresses in observability.access.from, or use token"))
                : List.of();
    }
}
