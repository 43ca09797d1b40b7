package io.meshwright.stack.delivery;

import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.delivery.sync.Wave;
import java.util.List;
import org.cdk8s.Chart;

/**
 * One chart as it is applied: a folder of dist.
 *
 * @param name of its folder, read once, since each reading asks the kernel
 * @param wave when its turn comes
 * @param drift the fields of its objects that controllers write
 */
public record StackFolder(Chart chart, String name, Wave wave, List<IgnoredDifference> drift) {
    public StackFolder {
        drift = List.copyOf(drift);
    }

    public static StackFolder of(Chart chart, Wave wave) {
        return of(chart, wave, List.of());
    }

    public static StackFolder of(Chart chart, Wave wave, List<IgnoredDifference> drift) {
        return new StackFolder(chart, chart.getNode().getId(), wave, drift);
    }
}
