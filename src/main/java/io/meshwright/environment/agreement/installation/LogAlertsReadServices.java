package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.AiOps;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Somebody's lines are read where warnings are made of them. */
public final class LogAlertsReadServices implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        AiOps.Logs logs =
                environment.aiOps() == null ? null : environment.aiOps().logs();
        return logs != null
                        && logs.alerts() != null
                        && logs.alerts().read(environment.services()).isEmpty()
                ? List.of(new InvalidValue(
                        KeyPath.of("aiOps.logs.alerts"),
                        "reads nobody's lines: there is no service but those of except",
                        "leave one of them in, or remove it"))
                : List.of();
    }
}
