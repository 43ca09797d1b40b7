package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Somebody is watched where what is unusual is looked for. */
public final class AnomaliesWatchServices implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.aiOps() != null
                        && environment.aiOps().anomalies() != null
                        && environment
                                .aiOps()
                                .anomalies()
                                .watched(environment.services())
                                .isEmpty()
                ? List.of(new InvalidValue(
                        KeyPath.of("aiOps.anomalies"),
                        "watches nobody: each service has no ports or the sensitivity none",
                        "leave one of them in, or remove it"))
                : List.of();
    }
}
