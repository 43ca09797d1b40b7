package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.AiOps;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Lines that warnings quote have no secret in them, for they go to a chat and into metrics. */
public final class QuotedLinesRedacted implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        AiOps.Logs logs =
                environment.aiOps() == null ? null : environment.aiOps().logs();
        return logs != null && logs.alerts() != null && !logs.redact()
                ? List.of(new InvalidValue(
                        KeyPath.of("aiOps.logs.alerts"),
                        "quotes log lines in metrics and in the chat, and nothing takes secrets out of them",
                        "add aiOps.logs.redact: true, or remove it"))
                : List.of();
    }
}
