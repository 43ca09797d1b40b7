package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.environment.agreement.part.Unroutable;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.List;

/** Variables that a sidecar reads are given where there is one. */
public final class SidecarSettingsRead implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        DeclaredService.of(environment)
                .filter(declared -> !environment.isInMesh(declared.service()))
                .forEach(declared -> Unroutable.of(environment, declared.service())
                        .ifPresent(reason -> {
                            if (!declared.service().proxyMetadata().isEmpty()) {
                                refusals.add(new InvalidValue(
                                        declared.at().key("proxyMetadata"),
                                        "is for the sidecar, which the pods do not have",
                                        "remove it, %s".formatted(reason.remedy())));
                            }
                        }));
        return refusals;
    }
}
