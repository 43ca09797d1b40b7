package io.meshwright.rehearsal;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshwright.rehearsal.process.Patience;
import io.meshwright.rehearsal.process.Ports;
import io.meshwright.rehearsal.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Three nodes, one in each zone, whose pods are scheduled for real and then only said to run, by kwok. */
final class Nodes {
    private static final List<String> NAMES = List.of("node-0", "node-1", "node-2");
    private static final Map<String, Quantity> SIZE = Map.of(
            "cpu",
            new Quantity("32"),
            "memory",
            new Quantity("128Gi"),
            "ephemeral-storage",
            new Quantity("1Ti"),
            "pods",
            new Quantity("110"));
    // What kwok does with a node and with a pod; it brings them as files and has none by default.
    private static final List<String> STAGES =
            List.of("node/fast/node-initialize.yaml", "node/heartbeat-with-lease/node-heartbeat-with-lease.yaml");

    private Nodes() {}

    static void start(Installed installed, ControlPlane control) throws Exception {
        Processes processes = control.processes();
        KubernetesClient client = control.client();
        for (int zone = 1; zone <= NAMES.size(); zone++) {
            create(client, NAMES.get(zone - 1), zone);
        }
        processes.start(
                "kube-scheduler",
                installed.program("kube-scheduler"),
                "--config=%s".formatted(profiles(control)),
                "--bind-address=127.0.0.1",
                "--secure-port=%d".formatted(Ports.SCHEDULER),
                "--cert-dir=%s".formatted(processes.folder().resolve("certificates-scheduler")));
        // Addresses of pods are never dialled: kwok invents them.
        processes.start(
                "kwok",
                installed.program("kwok"),
                "--kubeconfig=%s".formatted(control.kubeconfig()),
                "--manage-all-nodes=true",
                "--node-ip=127.0.0.1",
                "--cidr=10.244.0.0/16",
                "--server-address=127.0.0.1:%d".formatted(Ports.KWOK),
                "--config",
                stages(installed, processes.folder()));
        for (String name : NAMES) {
            Patience.of(120).await("%s to be ready".formatted(name), () -> ready(client, name));
        }
    }

    /** The cluster's own scheduler, which answers by the name of a team's too. */
    private static Path profiles(ControlPlane control) throws IOException {
        return Files.writeString(
                control.processes().folder().resolve("scheduler.yaml"), """
                apiVersion: kubescheduler.config.k8s.io/v1
                kind: KubeSchedulerConfiguration
                clientConnection: {kubeconfig: "%s"}
                leaderElection: {leaderElect: false}
                profiles: [{schedulerName: default-scheduler}, {schedulerName: volcano}]
                """.formatted(control.kubeconfig()));
    }

    private static void create(KubernetesClient client, String name, int zone) {
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToAnnotations("kwok.x-k8s.io/node", "fake")
                        .addToLabels(Map.of(
                                "disk",
                                "ssd",
                                "kubernetes.io/hostname",
                                name,
                                "kubernetes.io/os",
                                "linux",
                                "kubernetes.io/arch",
                                "amd64",
                                "topology.kubernetes.io/region",
                                "region",
                                "topology.kubernetes.io/zone",
                                "zone-%d".formatted(zone)))
                        .endMetadata()
                        .withNewStatus()
                        .withCapacity(SIZE)
                        .withAllocatable(SIZE)
                        .endStatus()
                        .build())
                .create();
    }

    /** The API server taints a new node, and the controller that would take the taint away is not here. */
    private static boolean ready(KubernetesClient client, String name) {
        Node node = client.nodes()
                .withName(name)
                .edit(seen -> new NodeBuilder(seen)
                        .editSpec()
                        .withTaints(List.of())
                        .endSpec()
                        .build());
        return node.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private static Path stages(Installed installed, Path folder) throws IOException {
        Path source = installed.source("kwok", "kustomize", "stage");
        List<String> texts = new ArrayList<>();
        for (String stage : STAGES) {
            texts.add(Files.readString(source.resolve(stage)));
        }
        try (Stream<Path> pods = Files.list(source.resolve("pod/fast"))) {
            for (Path pod : pods.filter(file -> file.getFileName().toString().startsWith("pod-"))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(pod));
            }
        }
        return Files.writeString(folder.resolve("stages.yaml"), String.join("\n---\n", texts));
    }
}
