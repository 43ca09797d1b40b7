package io.meshwright.environment.agreement.egress;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.security.ExternalService;
import java.util.List;

/** Every entry of externals is called by some service. */
public final class ExternalsUsed implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Parties parties = new Parties(environment);
        return environment.externals().keySet().stream()
                .filter(name -> parties.usersOf(name).isEmpty())
                .map(name -> ExternalService.unused(KeyPath.of("externals").key(name.toString())))
                .toList();
    }
}
