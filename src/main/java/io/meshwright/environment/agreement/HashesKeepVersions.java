package io.meshwright.environment.agreement;

import io.meshwright.environment.Environment;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** No hash is to keep a client at a version that is drawn by weight. */
final class HashesKeepVersions implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> InvalidValue.thrownBy(() -> declared.wanted(environment)
                                .refuseHashBeside(declared.service().release()))
                        .map(refusal ->
                                refusal.under(declared.at().key("resilience").toString()))
                        .stream())
                .toList();
    }
}
