package io.meshwright.incident.mending;

import io.meshwright.plan.Plan;
import io.meshwright.plan.change.Risk;
import java.util.List;

/**
 * The ways to mend an incident by a change of one object.
 *
 * @param planned the least risk first
 * @param unplanned reasons for which others have no plan, each a half sentence
 */
public record Mends(List<Planned> planned, List<String> unplanned) {
    /** Of an incident about which nothing was asked. */
    public static final Mends NONE = new Mends(List.of(), List.of());

    public Mends {
        planned = List.copyOf(planned);
        unplanned = List.copyOf(unplanned);
    }

    /**
     * A change and what it does.
     *
     * @param before how the request ends by the manifests as they are; empty where no request is known
     * @param after how it ends with the change
     */
    public record Planned(Mending mending, Plan plan, String before, String after) {
        public Risk risk() {
            return plan.risk();
        }
    }
}
