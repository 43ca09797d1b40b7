package io.meshwright.construct.observability.settings;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Require;
import io.meshwright.value.Retention;

/**
 * The times for which metrics, logs and traces are kept.
 *
 * @param metrics default 15d; rules that compare with previous weeks need 35d
 * @param logs default 7d; whole days, because Loki deletes by daily index
 * @param traces default 7d
 * @param backups number of Grafana backups that are kept; default 14
 */
public record Kept(
        @Defaulted Retention metrics,
        @Defaulted Retention logs,
        @Defaulted Retention traces,
        @Defaulted Integer backups) {
    public Kept {
        metrics = metrics == null ? Retention.of("15d") : metrics;
        logs = (logs == null ? Retention.of("7d") : logs).inWholeDays("logs");
        traces = traces == null ? Retention.of("7d") : traces;
        backups = Require.inRange("backups", backups == null ? 14 : backups, 1, 365);
    }

    public static Kept defaults() {
        return new Kept(null, null, null, null);
    }
}
