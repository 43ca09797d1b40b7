package io.meshwright.stack.delivery;

import io.meshwright.construct.delivery.chart.ChartValues;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.platform.release.Chart;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;

/**
 * One chart and what must be known to install it.
 *
 * @param name of the release
 * @param namespace of its objects
 * @param wave when its turn comes
 * @param drift the fields of its objects that controllers write
 * @param notes annotations for people and checks
 */
public record InstalledChart(
        Name name,
        Name namespace,
        Chart chart,
        ChartValues values,
        Wave wave,
        List<IgnoredDifference> drift,
        Map<String, String> notes) {
    public InstalledChart {
        drift = List.copyOf(drift);
        notes = Map.copyOf(notes);
    }

    public InstalledChart(
            Name name, Name namespace, Chart chart, ChartValues values, Wave wave, List<IgnoredDifference> drift) {
        this(name, namespace, chart, values, wave, drift, Map.of());
    }
}
