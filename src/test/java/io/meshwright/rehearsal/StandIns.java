package io.meshwright.rehearsal;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshwright.rehearsal.standin.AdmissionEnforcer;
import io.meshwright.rehearsal.standin.Disks;
import io.meshwright.rehearsal.standin.LoadBalancers;
import io.meshwright.rehearsal.standin.Readiness;
import io.meshwright.rehearsal.standin.StandIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The stand-ins of one run; what one of them cannot do yet is tried again, and told in the run's folder. */
final class StandIns implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "stand-in");
        thread.setDaemon(true);
        return thread;
    });
    private final PrintWriter log;

    private StandIns(PrintWriter log) {
        this.log = log;
    }

    /**
     * All that an environment's cluster needs: disks, addresses, issuers, a store, KEDA, and AKS' own enforcer on
     * azure.
     */
    static StandIn[] of(String environment) {
        List<StandIn> all = new ArrayList<>(List.of(
                new Disks(),
                new LoadBalancers(),
                Readiness.certificates(),
                Readiness.externalSecrets(),
                Readiness.autoscalers()));
        if (environment.equals("azure")) {
            all.add(new AdmissionEnforcer());
        }
        return all.toArray(StandIn[]::new);
    }

    static StandIns start(KubernetesClient client, Path folder, List<StandIn> standIns) throws IOException {
        StandIns started = new StandIns(new PrintWriter(
                Files.newBufferedWriter(
                        folder.resolve("stand-ins.log"), StandardCharsets.UTF_8, StandardOpenOption.CREATE),
                true));
        standIns.forEach(
                each -> started.clock.scheduleWithFixedDelay(() -> started.act(each, client), 1, 2, TimeUnit.SECONDS));
        return started;
    }

    private void act(StandIn standIn, KubernetesClient client) {
        try {
            standIn.act(client);
        } catch (Exception e) {
            log.println("%s: %s".formatted(standIn.getClass().getSimpleName(), e));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
    }
}
