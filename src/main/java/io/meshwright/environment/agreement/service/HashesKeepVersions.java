package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** No hash is to keep a client at a version that is drawn by weight. */
public final class HashesKeepVersions implements Agreement {
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
