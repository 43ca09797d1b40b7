package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** Kubernetes, Istio and the add-ons are of releases that go together. */
public final class ReleasesGoTogether implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return InvalidValue.thrownBy(environment::compatible).stream().toList();
    }
}
