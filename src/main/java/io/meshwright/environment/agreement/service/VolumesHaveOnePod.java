package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** A volume that one pod mounts is not asked for by several. */
public final class VolumesHaveOnePod implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .filter(declared -> declared.service().container().storage() != null)
                .filter(declared -> declared.service().release() != null)
                .map(declared -> new InvalidValue(
                        declared.at().key("release"),
                        "'%s' runs two versions, whose pods cannot share one volume"
                                .formatted(declared.service().release().word()),
                        "remove it, or container.storage"))
                .toList();
    }
}
