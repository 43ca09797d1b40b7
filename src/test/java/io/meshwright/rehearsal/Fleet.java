package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.rehearsal.tunnel.Istiod;
import io.meshwright.rehearsal.tunnel.WindTunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A cluster with istiod and a few workloads and without Argo CD, whose Istio objects are replaced again and again. */
final class Fleet {
    private static final Path WORKLOADS =
            Path.of("test", "resources", "rehearsal", "tunnel", "fleet.yaml").toAbsolutePath();
    private static final String MARKER = "marker-%d.invalid";

    private final Rehearsal rehearsal;
    private final String installed;
    private final List<Manifest> applied = new ArrayList<>();
    private int marks;

    private Fleet(Rehearsal rehearsal, String installed) {
        this.rehearsal = rehearsal;
        this.installed = installed;
    }

    /** Installs Istio's charts with that mesh configuration, as Helm values, then the workloads. */
    static Fleet install(Rehearsal rehearsal, String values) throws IOException, InterruptedException {
        Path folder = rehearsal.control().processes().folder();
        Path file = Files.writeString(folder.resolve("fleet.values.yaml"), values);
        String base = chart(rehearsal, "manifests/charts/base", file);
        String istiod = chart(rehearsal, "manifests/charts/istio-control/istio-discovery", file);
        Fleet fleet = new Fleet(rehearsal, istiod);
        fleet.kubectl("create", "namespace", "istio-system");
        fleet.kubectl("apply", "--server-side", "-f", gatewayApi(rehearsal).toString());
        fleet.apply(base);
        fleet.apply(istiod);
        fleet.apply(Files.readString(WORKLOADS));
        Pods pods = new Pods(rehearsal.client());
        Rehearsal.ARRIVING.await(
                "the fleet to run",
                () -> running(rehearsal.client()) && pods.missing().isEmpty());
        return fleet;
    }

    private static Path gatewayApi(Rehearsal rehearsal) {
        return rehearsal
                .installed()
                .source("istio", "tests", "integration", "pilot", "testdata", "gateway-api-crd.yaml");
    }

    private static boolean running(KubernetesClient client) {
        return List.of("edge", "shop", "pay", "legacy").stream()
                .allMatch(namespace -> client.pods().inNamespace(namespace).list().getItems().stream()
                                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                                .count()
                        > 0);
    }

    private static String chart(Rehearsal rehearsal, String folder, Path values)
            throws IOException, InterruptedException {
        return rehearsal
                .control()
                .processes()
                .run(
                        rehearsal.control().processes().folder(),
                        rehearsal.installed().program("helm"),
                        "template",
                        "istio",
                        rehearsal.installed().source("istio", folder),
                        "--namespace",
                        "istio-system",
                        "--include-crds",
                        "--values",
                        values);
    }

    /** Everything that is applied, for trace to read, with the times at which the objects were created. */
    String manifests() throws IOException {
        StringBuilder text = new StringBuilder(installed);
        List<Manifest> aged = new ArrayList<>(ManifestReader.of("fleet.yaml", Files.readString(WORKLOADS))
                .manifests()
                .all());
        aged.addAll(applied);
        for (Manifest manifest : aged) {
            ObjectNode object = manifest.body().deepCopy();
            object.withObject("/metadata")
                    .set(
                            "creationTimestamp",
                            Live.get(rehearsal.client(), object).at("/metadata/creationTimestamp"));
            text.append("\n---\n").append(object);
        }
        return text.toString();
    }

    /** These objects in place of those before; returns when istiod has them. */
    void replace(String objects, Istiod istiod) throws IOException, InterruptedException {
        List<Manifest> next = new ArrayList<>(
                ManifestReader.of("objects.yaml", objects).manifests().all());
        for (Manifest before : applied) {
            if (next.stream().noneMatch(each -> each.toString().equals(before.toString()))) {
                Live.handle(rehearsal.client(), before.body()).delete();
            }
        }
        applied.clear();
        applied.addAll(next);
        String host = MARKER.formatted(++marks);
        apply(objects.concat("\n---\n").concat(marker(host)));
        Rehearsal.ARRIVING.await(
                "istiod to take in what was applied", () -> WindTunnel.sees(rehearsal.client(), istiod, host));
        Thread.sleep(1000); // kinds are watched one by one, so another kind may come a moment later
    }

    private static String marker(String host) {
        return """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: marker, namespace: legacy}
            spec:
              hosts: [%s]
              location: MESH_EXTERNAL
              resolution: DNS
              ports: [{number: 19999, name: http, protocol: HTTP}]
            """.formatted(host);
    }

    private void apply(String objects) throws IOException, InterruptedException {
        Path file = Files.createTempFile(rehearsal.control().processes().folder(), "objects", ".yaml");
        Files.writeString(file, objects);
        kubectl("apply", "--server-side", "--force-conflicts", "-f", file.toString());
        Files.delete(file);
    }

    private void kubectl(String... arguments) throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>(List.of(
                rehearsal.installed().program("kubectl"),
                "--kubeconfig",
                rehearsal.control().kubeconfig()));
        command.addAll(List.of(arguments));
        rehearsal.control().processes().run(rehearsal.control().processes().folder(), command.toArray());
    }
}
