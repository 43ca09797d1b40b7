package io.meshwright.stack;

import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.delivery.sync.Wave;
import java.util.List;
import org.cdk8s.Chart;

/**
 * One chart as Argo CD applies it.
 *
 * @param name of its folder, read once, since each reading asks the kernel
 * @param wave when its turn comes
 * @param drift the fields of its objects that controllers write
 */
record StackFolder(Chart chart, String name, Wave wave, List<IgnoredDifference> drift) {
    static StackFolder of(Chart chart, Wave wave) {
        return of(chart, wave, List.of());
    }

    static StackFolder of(Chart chart, Wave wave, List<IgnoredDifference> drift) {
        return new StackFolder(chart, chart.getNode().getId(), wave, drift);
    }
}
