package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.workload.Container;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A volume that one pod mounts is not asked for by several. */
public final class VolumesHaveOnePod implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .filter(declared -> hasVolume(declared.service().container()))
                .filter(declared -> declared.service().release() != null)
                .map(declared -> new InvalidValue(
                        declared.at().key("release"),
                        "\"%s\" runs two versions, whose pods cannot share one volume"
                                .formatted(declared.service().release().word()),
                        "remove it, or container.storage"))
                .toList();
    }

    private static boolean hasVolume(@Nullable Container container) {
        return container != null && container.storage() != null;
    }
}
