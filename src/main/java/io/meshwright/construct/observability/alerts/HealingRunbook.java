package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.settings.Healing;
import io.meshwright.page.Markdown;
import io.meshwright.value.healing.HealingAction;
import io.meshwright.value.healing.HealingNames;
import java.util.List;
import java.util.stream.Stream;

/** The page of the alert that no rule raises: a process of self-healing tells what it did, or tried. */
final class HealingRunbook {
    private HealingRunbook() {}

    static String page(Healing healing) {
        List<HealingAction> actions =
                healing.processes().stream().map(Healing.Process::action).toList();
        Markdown page = Markdown.titled(HealingNames.ALERT)
                .paragraph("Severity **warning**, told by a process in namespace %s; no rule raises it."
                        .formatted(HealingNames.NAMESPACE))
                .heading("What it means")
                .paragraph(
                        "A process of self-healing did one thing, tried it or failed at it: `action` says which kind,"
                                + " `namespace` and `workload` to what, and the summary because of which alert. A summary that"
                                + " begins with \"a trial\" changed nothing.")
                .heading("Queries to run")
                .paragraph("Every step that was taken or tried, as Events beside the workload:")
                .code("", List.of("kubectl get events -A --field-selector source=healing --sort-by=.lastTimestamp"))
                .paragraph("What the processes did and what held them back, with reasons:");
        page.code(
                "",
                actions.stream()
                        .map(action -> "kubectl -n %s logs deployment/%s --since 2h"
                                .formatted(HealingNames.NAMESPACE, action.process()))
                        .toList());
        return page.paragraph("Whether the alert that asked for it is over:")
                .code(
                        "promql",
                        List.of("ALERTS{alertname!=\"%s\",alertstate=\"firing\"}".formatted(HealingNames.ALERT)))
                .heading("Likely causes")
                .list('*', actions.stream().map(HealingRunbook::cause).toList())
                .heading("What to do")
                .steps(Stream.concat(
                                Stream.concat(
                                        Stream.of("Look at the alert that asked for it, by its own runbook: the action"
                                                + " bought time and mended no cause."),
                                        actions.stream().map(HealingRunbook::back)),
                                Stream.of(
                                        "If it made anything worse, stop all of it, and write why into the table of the"
                                                + " road map: `kubectl -n %s patch configmap %s --type merge -p '{\"data\":{\"%s\":\"false\"}}'`"
                                                        .formatted(
                                                                HealingNames.NAMESPACE,
                                                                HealingNames.SHARED,
                                                                HealingNames.SWITCH),
                                        "If it failed, the summary has the API server's words: a right, a budget that"
                                                + " holds the pod, or an object that changed meanwhile.",
                                        "If trials are told for weeks and each was right, `dryRun: false` below"
                                                + " `aiOps.healing` lets that one action act."))
                        .toList())
                .toString();
    }

    private static String cause(HealingAction action) {
        return switch (action) {
            case ABORT_ROLLOUT -> "`abortRollout`: a service broke its promise while a release of it was under way.";
            case EVICT_POD -> "`evictPod`: the memory of one pod grew towards its limit.";
            case MOVE_MINIMUM ->
                "`moveMinimum`: a service answered too slowly, or that is over and its minimum went back.";
        };
    }

    private static String back(HealingAction action) {
        return switch (action) {
            case ABORT_ROLLOUT ->
                "`abortRollout`: the stable version has all requests. Find out what the new one did; the way back is"
                        + " `kubectl argo rollouts retry rollout WORKLOAD -n NAMESPACE`.";
            case EVICT_POD ->
                "`evictPod`: its workload makes a pod in its place. If the memory grows again, take a heap dump of one"
                        + " that is old.";
            case MOVE_MINIMUM ->
                "`moveMinimum`: nothing; the minimum goes back by itself when the alert is over. If it is raised every"
                        + " day, raise `scale.autoscale.minReplicas` in the environment file.";
        };
    }
}
