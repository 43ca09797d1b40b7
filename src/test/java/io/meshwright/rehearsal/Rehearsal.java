package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshwright.rehearsal.process.Patience;
import io.meshwright.rehearsal.process.Ports;
import io.meshwright.rehearsal.process.Processes;
import io.meshwright.rehearsal.process.RunLock;
import io.meshwright.rehearsal.standin.StandIn;
import io.meshwright.rehearsal.tunnel.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cluster to which an environment is delivered as the README says: a control plane of its own, Argo CD, istiod, and
 * stand-ins for what is not here. Everything ends with it; its logs stay in the run's folder.
 */
final class Rehearsal implements AutoCloseable {
    /** Within which an environment must settle on any machine, in seconds; what it took is told. */
    static final Patience SETTLING = Patience.of(Integer.getInteger("rehearsal.settling", 900));
    /** Within which a commit must have arrived: two minutes on an idle machine. */
    static final Patience ARRIVING = Patience.of(300);

    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final Installed installed = Installed.here();
    private Processes processes;
    private ControlPlane control;
    private Istiods istiods;
    private Delivery delivery;
    private Applications applications;

    private Rehearsal() {}

    static Builder of(String name) {
        return new Builder(name);
    }

    /** What a rehearsal has beside its control plane. */
    static final class Builder {
        private final String name;
        private StandIn[] standIns;
        private Dist dist;

        private Builder(String name) {
            this.name = name;
        }

        /** Nodes, a scheduler, a real istiod, and the stand-ins that a test does not leave out. */
        Builder nodes(StandIn... standIns) {
            this.standIns = standIns;
            return this;
        }

        /** Git and charts on this machine, Argo CD installed as the README says, and nothing applied yet. */
        Builder argoCd(Dist dist) {
            this.dist = dist;
            return this;
        }

        private boolean rollouts() {
            return standIns != null && dist != null && RolloutsController.wanted(dist);
        }

        /** Skips the calling test where programs are missing, and fails it where another rehearsal runs. */
        Rehearsal start() throws Exception {
            Rehearsal rehearsal = new Rehearsal();
            try {
                rehearsal.start(this);
                return rehearsal;
            } catch (Exception | Error e) {
                rehearsal.close();
                throw e;
            }
        }
    }

    private void start(Builder wanted) throws Exception {
        installed.with("etcd", "kube-apiserver", "kube-controller-manager", "kubectl");
        if (wanted.standIns != null) {
            installed.with("kube-scheduler", "kwok", "istiod").withWebhooks();
        }
        if (wanted.dist != null) {
            installed.with("redis-server", "helm", ArgoCd.program(wanted.dist));
        }
        if (wanted.rollouts()) {
            installed.with("rollouts");
        }
        startControlPlane(wanted.name);
        if (wanted.standIns != null) {
            startNodes(wanted);
        }
        if (wanted.dist != null) {
            startArgoCd(wanted.dist);
        }
    }

    private void startControlPlane(String name) throws Exception {
        closing.push(RunLock.take(installed.home()));
        Ports.awaitFree();
        Path folder = installed.home().resolve("runs").resolve(name);
        delete(folder);
        Files.createDirectories(folder);
        processes = new Processes(folder, GitRepository.VARIABLES);
        closing.push(() -> delete(folder.resolve("etcd"))); // the one big folder; logs stay
        closing.push(processes);
        control = ControlPlane.start(installed, processes);
        closing.push(control);
    }

    private void startNodes(Builder wanted) throws Exception {
        Nodes.start(installed, control);
        istiods = new Istiods(installed, control);
        closing.push(istiods);
        List<StandIn> all = new ArrayList<>(List.of(wanted.standIns));
        all.add(istiods);
        if (wanted.rollouts()) {
            all.add(new RolloutsController(installed, control));
        }
        closing.push(StandIns.start(client(), processes.folder(), all));
    }

    private void startArgoCd(Dist dist) throws Exception {
        String program = ArgoCd.program(dist);
        ChartRepository charts = ChartRepository.start(installed, processes, ArgoCd.source(program));
        closing.push(charts);
        delivery = Delivery.of(
                dist,
                GitRepository.create(
                        processes, dist.root().path("targetRevision").asText()),
                charts);
        ArgoCd argoCd = new ArgoCd(installed, control, program);
        argoCd.install(delivery.dist());
        argoCd.start();
        applications = Applications.watch(client());
        closing.push(applications);
    }

    KubernetesClient client() {
        return control.client();
    }

    Installed installed() {
        return installed;
    }

    ControlPlane control() {
        return control;
    }

    Istiods istiods() {
        return istiods;
    }

    /** Starts programs that end with the rehearsal. */
    Programs programs() {
        return processes;
    }

    Delivery delivery() {
        return delivery;
    }

    Applications applications() {
        return applications;
    }

    /** The one {@code kubectl apply} of the README, of an Application and its project. */
    void apply(String application) throws IOException, InterruptedException {
        Path folder = delivery.dist().folder().resolve("argocd");
        kubectl(
                "apply",
                "-f",
                folder.resolve(
                        "appproject.argocd.%s.yaml".formatted(delivery.dist().environment())),
                "-f",
                folder.resolve("application.argocd.%s.yaml".formatted(application)));
    }

    /** What kubectl says; an error with that where it ends otherwise than well. */
    String kubectl(Object... words) throws IOException, InterruptedException {
        List<Object> command =
                new ArrayList<>(List.of(installed.program("kubectl"), "--kubeconfig", control.kubeconfig()));
        command.addAll(List.of(words));
        return processes.run(processes.folder(), command.toArray());
    }

    /**
     * Waits until every Application of the environment is Synced with the newest commit and Healthy; gives the seconds.
     */
    long settle() throws IOException, InterruptedException {
        return settle(names());
    }

    /** The same of some of them. */
    long settle(List<String> names) throws IOException, InterruptedException {
        String commit = delivery.git().head();
        return SETTLING.await(
                "every Application to be Synced and Healthy",
                () -> applications.unsettled(names, commit).isEmpty(),
                applications::describe);
    }

    /** Waits until everything was applied and is healthy, whether or not Argo CD calls it Synced. */
    void deliver() throws IOException, InterruptedException {
        SETTLING.await(
                "every Application to be applied and Healthy",
                () -> applications.unhealthy(names()).isEmpty(),
                applications::describe);
    }

    /** Which Applications of the environment are not Synced with the newest commit and Healthy. */
    List<String> unsettled() throws IOException, InterruptedException {
        return applications.unsettled(names(), delivery.git().head());
    }

    private List<String> names() {
        return delivery.dist().applications().stream()
                .map(each -> each.at("/metadata/name").asText())
                .toList();
    }

    /** The syncs that begin within a time in which nobody changes anything. */
    List<Applications.Operation> watchFor(Duration time) throws InterruptedException {
        int before = applications.operations().size();
        Thread.sleep(time.toMillis());
        List<Applications.Operation> all = applications.operations();
        return all.subList(before, all.size());
    }

    /** Waits until an object has every field that a manifest gives it; gives the seconds. */
    long arrive(JsonNode manifest) throws IOException, InterruptedException {
        return ARRIVING.await(
                "%s %s to be as Git has it"
                        .formatted(
                                manifest.path("kind").asText(),
                                manifest.at("/metadata/name").asText()),
                () -> Live.differences(client(), manifest).isEmpty(),
                () -> "%s%n%s".formatted(Live.differences(client(), manifest), applications.describe()));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Override
    public void close() throws Exception {
        Exception first = null;
        while (!closing.isEmpty()) {
            try {
                closing.pop().close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
