package io.meshwright.construct.observability.settings;

import java.util.Optional;

/**
 * Treatment of log lines beyond keeping them.
 *
 * @param redact whether secrets and personal data are taken out of lines and spans before they leave a collector
 * @param alerts what is raised by what the lines say
 * @param patterns whether Loki finds out which lines are alike
 */
public record Logs(boolean redact, Optional<LogAlerts> alerts, boolean patterns) {
    public static Logs plain() {
        return new Logs(false, Optional.empty(), false);
    }
}
