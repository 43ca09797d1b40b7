package io.meshwright.rehearsal.tunnel;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Pods, Services, hosts of ServiceEntries with their addresses, and machines, as they were when the tunnel was opened.
 */
record Cluster(
        List<Pod> pods, List<Service> services, Map<String, List<String>> entries, Map<String, String> machines) {
    static Cluster of(KubernetesClient client) {
        List<Pod> pods = client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getStatus().getPodIP() != null)
                .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getNamespace())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .toList();
        return new Cluster(
                pods, client.services().inAnyNamespace().list().getItems(), entries(client), machines(client));
    }

    /** {@code namespace/name} of WorkloadEntries by their addresses. */
    private static Map<String, String> machines(KubernetesClient client) {
        Map<String, String> machines = new TreeMap<>();
        client.genericKubernetesResources("networking.istio.io/v1", "WorkloadEntry")
                .inAnyNamespace()
                .list()
                .getItems()
                .forEach(entry -> machines.put(
                        entry.get("spec", "address"),
                        "%s/%s"
                                .formatted(
                                        entry.getMetadata().getNamespace(),
                                        entry.getMetadata().getName())));
        return machines;
    }

    private static Map<String, List<String>> entries(KubernetesClient client) {
        Map<String, List<String>> hosts = new TreeMap<>();
        for (GenericKubernetesResource entry : client.genericKubernetesResources(
                        "networking.istio.io/v1", "ServiceEntry")
                .inAnyNamespace()
                .list()
                .getItems()) {
            List<String> addresses = entry.get("spec", "addresses");
            List<String> written = entry.get("spec", "hosts");
            (written == null ? List.<String>of() : written)
                    .forEach(host -> hosts.put(host, addresses == null ? List.of() : addresses));
        }
        return hosts;
    }

    /** The host of an entry that has the address; the address itself where none has. */
    String named(String address) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().contains(address))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(address);
    }

    /** Every name by which somebody may be called. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(entries.keySet());
        for (Service service : services) {
            String name = "%s.%s"
                    .formatted(
                            service.getMetadata().getName(),
                            service.getMetadata().getNamespace());
            names.addAll(List.of(
                    service.getMetadata().getName(), name, name.concat(".svc"), name.concat(".svc.cluster.local")));
        }
        return names;
    }

    /** {@code namespace/name} of what a pod's owner is called in manifests. */
    static String workload(Pod pod) {
        String name = pod.getMetadata().getOwnerReferences().stream()
                .findFirst()
                .map(owner -> workload(owner, pod))
                .orElse(pod.getMetadata().getName());
        return "%s/%s".formatted(pod.getMetadata().getNamespace(), name);
    }

    private static String workload(OwnerReference owner, Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        String hash = labels.getOrDefault("pod-template-hash", labels.get("rollouts-pod-template-hash"));
        return hash != null && owner.getName().endsWith("-".concat(hash))
                ? owner.getName().substring(0, owner.getName().length() - hash.length() - 1)
                : owner.getName();
    }

    /** The pods of a workload, else those of a service account, by {@code namespace/name}. */
    List<Pod> called(String name) {
        List<Pod> named =
                pods.stream().filter(pod -> workload(pod).equals(name)).toList();
        return named.isEmpty()
                ? pods.stream()
                        .filter(pod -> "%s/%s"
                                .formatted(
                                        pod.getMetadata().getNamespace(),
                                        pod.getSpec().getServiceAccountName())
                                .equals(name))
                        .toList()
                : named;
    }

    /** The Service that a caller in that namespace means by a name. */
    Optional<Service> service(String host, String namespace) {
        String name = host.replaceFirst("\\.$", "").replaceFirst("\\.svc(\\.cluster(\\.local)?)?$", "");
        String full = name.contains(".") ? name : "%s.%s".formatted(name, namespace);
        return services.stream()
                .filter(service -> "%s.%s"
                        .formatted(
                                service.getMetadata().getName(),
                                service.getMetadata().getNamespace())
                        .equals(full))
                .findFirst();
    }

    List<Pod> selected(Service service) {
        Map<String, String> selector = service.getSpec().getSelector();
        return selector == null || selector.isEmpty()
                ? List.of()
                : pods.stream()
                        .filter(pod -> pod.getMetadata()
                                .getNamespace()
                                .equals(service.getMetadata().getNamespace()))
                        .filter(pod -> pod.getMetadata().getLabels() != null
                                && pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
                        .toList();
    }

    /** The port of a pod that a Service's port leads to. */
    static int target(ServicePort port, Pod pod) {
        if (port.getTargetPort() == null) {
            return port.getPort();
        }
        return port.getTargetPort().getIntVal() != null
                ? port.getTargetPort().getIntVal()
                : pod.getSpec().getContainers().stream()
                        .flatMap(container -> container.getPorts().stream())
                        .filter(each -> port.getTargetPort().getStrVal().equals(each.getName()))
                        .map(each -> each.getContainerPort())
                        .findFirst()
                        .orElse(port.getPort());
    }
}
