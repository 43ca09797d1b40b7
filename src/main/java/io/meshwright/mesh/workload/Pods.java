package io.meshwright.mesh.workload;

import io.meshwright.manifest.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All pods that templates, charts and externals make. */
public final class Pods {
    private static final Comparator<Pod> ORDER = Comparator.comparing(Pod::namespace)
            .thenComparing(Pod::name)
            .thenComparing((Pod pod) -> pod.source().manifest().kind())
            .thenComparing((Pod pod) -> pod.source().manifest().place());

    private final List<Pod> all;
    private final Map<String, List<Pod>> byNamespace;
    private final Map<String, List<Pod>> byLabel = new HashMap<>();
    private final Map<String, List<Pod>> anywhereByLabel = new HashMap<>();
    private final Map<String, List<Pod>> byServiceAccount;

    public Pods(List<Pod> pods) {
        this.all = pods.stream().sorted(ORDER).toList();
        this.byNamespace = all.stream()
                .collect(Collectors.groupingBy(Pod::namespace, TreeMap::new, Collectors.toUnmodifiableList()));
        for (Pod pod : all) {
            pod.labels().forEach((key, value) -> {
                byLabel.computeIfAbsent(Selector.key(pod.namespace(), key, value), none -> new ArrayList<>(1))
                        .add(pod);
                anywhereByLabel
                        .computeIfAbsent(Selector.key("", key, value), none -> new ArrayList<>(1))
                        .add(pod);
            });
        }
        this.byServiceAccount = all.stream()
                .collect(Collectors.groupingBy(pod -> serviceAccount(pod.namespace(), pod.serviceAccount())));
    }

    private static String serviceAccount(String namespace, String name) {
        return namespace.concat("/").concat(name);
    }

    /** By namespace, then name. */
    public List<Pod> all() {
        return all;
    }

    public List<Pod> in(String namespace) {
        return byNamespace.getOrDefault(namespace, List.of());
    }

    /** The pods of a namespace that a selector means; an empty selector means all. */
    public List<Pod> selectedBy(String namespace, Selector selector) {
        return selected(byLabel, namespace, selector, in(namespace));
    }

    /** The pods of any namespace that a selector means, as a Gateway or a policy of the root namespace selects. */
    public List<Pod> selectedBy(Selector selector) {
        return selected(anywhereByLabel, "", selector, all);
    }

    private static List<Pod> selected(
            Map<String, List<Pod>> index, String namespace, Selector selector, List<Pod> all) {
        String key = selector.key(namespace);
        List<Pod> candidates = key.equals(Selector.key(namespace, "", "")) ? all : index.getOrDefault(key, List.of());
        return candidates.stream().filter(pod -> pod.isSelectedBy(selector)).toList();
    }

    /** The pods that this workload makes. */
    public Optional<Pod> of(Manifest workload) {
        return in(workload.home()).stream()
                .filter(pod -> pod.source().manifest() == workload)
                .findFirst();
    }

    /** The pods that a whole identity names, such as {@code cluster.local/ns/shop/sa/web}; none for any other text. */
    public List<Pod> withPrincipal(String principal) {
        String[] parts = principal.split("/");
        boolean whole = parts.length == 5 && parts[1].equals("ns") && parts[3].equals("sa");
        return whole ? withServiceAccount(parts[2], parts[4]) : List.of();
    }

    /** The pods that run under this service account. */
    public List<Pod> withServiceAccount(String namespace, String serviceAccount) {
        return byServiceAccount.getOrDefault(serviceAccount(namespace, serviceAccount), List.of());
    }
}
