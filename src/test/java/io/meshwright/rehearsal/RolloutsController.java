package io.meshwright.rehearsal;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshwright.rehearsal.process.Ports;
import io.meshwright.rehearsal.standin.StandIn;
import java.io.IOException;
import java.util.Map;

/**
 * The real controller of Argo Rollouts, from the moment at which its definitions are there. Its chart is not, so
 * nothing of the pod that would run it is rehearsed.
 */
final class RolloutsController implements StandIn {
    private final Installed installed;
    private final ControlPlane control;
    private boolean started;

    RolloutsController(Installed installed, ControlPlane control) {
        this.installed = installed;
        this.control = control;
    }

    static boolean wanted(Dist dist) {
        return dist.applications().stream()
                .anyMatch(each -> each.at("/spec/source/chart").asText().equals("argo-rollouts"));
    }

    /** Analysis asks Prometheus by its Service's name, for which this proxy answers. */
    @Override
    public synchronized void act(KubernetesClient client) throws IOException {
        if (!started
                && client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName("rollouts.argoproj.io")
                                .get()
                        != null) {
            started = true;
            control.processes()
                    .start(
                            "rollouts",
                            Map.of("HTTP_PROXY", PrometheusStandIn.url(), "NO_PROXY", "127.0.0.1"),
                            installed.program("rollouts"),
                            "--kubeconfig",
                            control.kubeconfig(),
                            "--leader-elect=false",
                            "--namespace",
                            "",
                            "--metricsport",
                            Ports.ROLLOUTS_METRICS,
                            "--healthzPort",
                            Ports.ROLLOUTS_HEALTH);
        }
    }
}
