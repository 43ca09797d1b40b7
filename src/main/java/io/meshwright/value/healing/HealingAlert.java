package io.meshwright.value.healing;

import io.meshwright.value.Word;

/** An alert that says by its labels which service or pod it is about, so that an action can be taken on it. */
public enum HealingAlert {
    @Word("ServiceErrorBudgetBurnsFast")
    SERVICE_ERROR_BUDGET_BURNS_FAST("ServiceErrorBudgetBurnsFast", About.SERVICE, RaisedBy.ALWAYS),
    @Word("ServiceErrorBudgetBurnsSlowly")
    SERVICE_ERROR_BUDGET_BURNS_SLOWLY("ServiceErrorBudgetBurnsSlowly", About.SERVICE, RaisedBy.ALWAYS),
    @Word("ServiceLatencyBudgetBurnsFast")
    SERVICE_LATENCY_BUDGET_BURNS_FAST("ServiceLatencyBudgetBurnsFast", About.SERVICE, RaisedBy.ALWAYS),
    @Word("ServiceLatencyBudgetBurnsSlowly")
    SERVICE_LATENCY_BUDGET_BURNS_SLOWLY("ServiceLatencyBudgetBurnsSlowly", About.SERVICE, RaisedBy.ALWAYS),
    @Word("CanaryWorseThanStable")
    CANARY_WORSE_THAN_STABLE("CanaryWorseThanStable", About.SERVICE, RaisedBy.ALWAYS),
    @Word("CanarySlowerThanStable")
    CANARY_SLOWER_THAN_STABLE("CanarySlowerThanStable", About.SERVICE, RaisedBy.ALWAYS),
    @Word("StreamBudgetBurnsFast")
    STREAM_BUDGET_BURNS_FAST("StreamBudgetBurnsFast", About.SERVICE, RaisedBy.STREAMS),
    @Word("StreamBudgetBurnsSlowly")
    STREAM_BUDGET_BURNS_SLOWLY("StreamBudgetBurnsSlowly", About.SERVICE, RaisedBy.STREAMS),
    @Word("ServiceRequestsUnusual")
    SERVICE_REQUESTS_UNUSUAL("ServiceRequestsUnusual", About.SERVICE, RaisedBy.ANOMALIES),
    @Word("ServiceErrorsUnusual")
    SERVICE_ERRORS_UNUSUAL("ServiceErrorsUnusual", About.SERVICE, RaisedBy.ANOMALIES),
    @Word("ServiceLatencyUnusual")
    SERVICE_LATENCY_UNUSUAL("ServiceLatencyUnusual", About.SERVICE, RaisedBy.ANOMALIES),
    @Word("ServiceSaturationUnusual")
    SERVICE_SATURATION_UNUSUAL("ServiceSaturationUnusual", About.SERVICE, RaisedBy.ANOMALIES),
    @Word("ErrorBudgetRunsOut")
    ERROR_BUDGET_RUNS_OUT("ErrorBudgetRunsOut", About.SERVICE, RaisedBy.FORECASTS),
    @Word("ServiceErrorsBurst")
    SERVICE_ERRORS_BURST("ServiceErrorsBurst", About.SERVICE, RaisedBy.LOG_ALERTS),
    @Word("MemoryReachesLimit")
    MEMORY_REACHES_LIMIT("MemoryReachesLimit", About.POD, RaisedBy.FORECASTS),
    @Word("ContainerNearMemoryLimit")
    CONTAINER_NEAR_MEMORY_LIMIT("ContainerNearMemoryLimit", About.POD, RaisedBy.ALWAYS),
    @Word("ContainerCrashLoops")
    CONTAINER_CRASH_LOOPS("ContainerCrashLoops", About.POD, RaisedBy.ALWAYS),
    @Word("JvmHeapNearlyFull")
    JVM_HEAP_NEARLY_FULL("JvmHeapNearlyFull", About.POD, RaisedBy.ALWAYS);

    private final String alertName;
    private final About about;
    private final RaisedBy raisedBy;

    HealingAlert(String alertName, About about, RaisedBy raisedBy) {
        this.alertName = alertName;
        this.about = about;
        this.raisedBy = raisedBy;
    }

    /** Its name in Prometheus. */
    public String alertName() {
        return alertName;
    }

    public About about() {
        return about;
    }

    public RaisedBy raisedBy() {
        return raisedBy;
    }

    @Override
    public String toString() {
        return alertName;
    }

    /** Subject of an alert, and the labels that name it. */
    public enum About {
        SERVICE("a service", "destination_service_namespace", "destination_service_name"),
        POD("a pod", "namespace", "pod");

        private final String words;
        private final String namespaceLabel;
        private final String nameLabel;

        About(String words, String namespaceLabel, String nameLabel) {
            this.words = words;
            this.namespaceLabel = namespaceLabel;
            this.nameLabel = nameLabel;
        }

        /** As people call it. */
        public String words() {
            return words;
        }

        public String namespaceLabel() {
            return namespaceLabel;
        }

        public String nameLabel() {
            return nameLabel;
        }
    }

    /** The part of an environment without which nobody raises an alert. */
    public enum RaisedBy {
        ALWAYS,
        STREAMS,
        ANOMALIES,
        FORECASTS,
        LOG_ALERTS
    }
}
