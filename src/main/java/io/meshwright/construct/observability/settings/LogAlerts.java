package io.meshwright.construct.observability.settings;

import io.meshwright.value.Require;
import java.util.List;

/**
 * Warnings of what services write.
 *
 * @param services whose lines are read
 * @param messages different messages of one service that are counted at a time, from 5 to 200
 * @param burst lines of errors within 15 minutes below which nothing is a burst, from 1 to 100,000
 */
public record LogAlerts(List<LoggingService> services, int messages, int burst) {
    public LogAlerts {
        services = List.copyOf(Require.notEmpty("services", services));
        Require.inRange("messages", messages, 5, 200);
        Require.inRange("burst", burst, 1, 100_000);
    }
}
