package io.meshwright.value.healing;

import io.meshwright.value.Name;
import java.util.List;

/** One of the closed list of reversible actions, each of which a process of its own takes. */
public enum HealingAction {
    ABORT_ROLLOUT(
            "abortRollout",
            "abort-rollout",
            HealingAlert.About.SERVICE,
            List.of(HealingAlert.SERVICE_ERROR_BUDGET_BURNS_FAST, HealingAlert.SERVICE_LATENCY_BUDGET_BURNS_FAST)),
    EVICT_POD("evictPod", "evict-pod", HealingAlert.About.POD, List.of(HealingAlert.MEMORY_REACHES_LIMIT)),
    MOVE_MINIMUM(
            "moveMinimum",
            "move-minimum",
            HealingAlert.About.SERVICE,
            List.of(HealingAlert.SERVICE_LATENCY_BUDGET_BURNS_FAST, HealingAlert.SERVICE_LATENCY_BUDGET_BURNS_SLOWLY));

    private final String word;
    private final String process;
    private final HealingAlert.About about;
    private final List<HealingAlert> usual;

    HealingAction(String word, String process, HealingAlert.About about, List<HealingAlert> usual) {
        this.word = word;
        this.process = process;
        this.about = about;
        this.usual = usual;
    }

    /** The word of keys and plans. */
    public String word() {
        return word;
    }

    /** Name of the process, its account and its Service. */
    public Name process() {
        return Name.of(process);
    }

    /** Secret with its certificate, its key and who signs those of its callers. */
    public Name certificate() {
        return Name.of("%s-tls".formatted(process));
    }

    /** Labels of the alerts that can start it. */
    public HealingAlert.About about() {
        return about;
    }

    /** The alerts that start it unless a file says otherwise. */
    public List<HealingAlert> usualAlerts() {
        return usual;
    }

    /** True if the end of an alert starts something too: the way back. */
    public boolean undoes() {
        return this == MOVE_MINIMUM;
    }
}
