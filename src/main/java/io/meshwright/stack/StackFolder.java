package io.meshwright.stack;

import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.delivery.sync.Wave;
import java.util.List;
import org.cdk8s.Chart;

/**
 * One chart as Argo CD applies it.
 *
 * @param wave when its turn comes
 * @param drift the fields of its objects that controllers write
 */
record StackFolder(Chart chart, Wave wave, List<IgnoredDifference> drift) {
    static StackFolder of(Chart chart, Wave wave) {
        return new StackFolder(chart, wave, List.of());
    }

    String name() {
        return chart.getNode().getId();
    }
}
