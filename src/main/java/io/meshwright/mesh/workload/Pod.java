package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** The pods that one template makes: they are all alike, so one stands for them all. */
public final class Pod {
    /**
     * Labels that Kubernetes, Istio or Argo Rollouts put on a pod or its endpoint at run time; no manifest can say
     * their values.
     */
    private static final Set<String> RUN_TIME_LABELS = Set.of(
            "pod-template-hash",
            "rollouts-pod-template-hash",
            "controller-revision-hash",
            "controller-uid",
            "batch.kubernetes.io/controller-uid",
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index",
            IstioLabels.TLS_MODE,
            "topology.kubernetes.io/region",
            "topology.kubernetes.io/zone",
            IstioLabels.SUBZONE,
            IstioLabels.NETWORK,
            IstioLabels.CLUSTER,
            "kubernetes.io/hostname");

    private static final String UDP = "UDP";

    private final Source source;
    private final String namespace;
    private final String name;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;
    private final String serviceAccount;
    private final JsonNode spec;
    private final OptionalInt replicas;
    private final Proxy proxy;
    private final List<ContainerPort> ports;
    private final Optional<Service> serving;

    /** {@code source} is the template; the pod spec lies at its {@code /spec}. */
    public Pod(Source source, String namespace, Metadata metadata, JsonNode spec, OptionalInt replicas, Proxy proxy) {
        this(source, namespace, metadata, spec, replicas, proxy, Optional.empty());
    }

    private Pod(
            Source source,
            String namespace,
            Metadata metadata,
            JsonNode spec,
            OptionalInt replicas,
            Proxy proxy,
            Optional<Service> serving) {
        this.source = source;
        this.namespace = namespace;
        this.name = metadata.name();
        this.labels = metadata.labels();
        this.annotations = metadata.annotations();
        this.serviceAccount = metadata.serviceAccount();
        this.spec = spec;
        this.replicas = replicas;
        this.proxy = proxy;
        this.ports = declared();
        this.serving = serving;
    }

    /** The same as it treats calls to one of the services that use it, if it is a waypoint. */
    public Pod serving(Service service) {
        return new Pod(
                source,
                namespace,
                new Metadata(name, labels, annotations, serviceAccount),
                spec,
                replicas,
                proxy,
                Optional.of(service));
    }

    /** The same, so many times. */
    Pod times(int number) {
        return new Pod(
                source,
                namespace,
                new Metadata(name, labels, annotations, serviceAccount),
                spec,
                OptionalInt.of(number),
                proxy,
                serving);
    }

    /** The same where its calls or its connections pass by its proxy. */
    public Pod bypassed() {
        return with(new Proxy(Proxy.Type.NONE, "its traffic passes by its proxy", proxy.version()));
    }

    /** The same where its proxy passes a call on to the address that was called. */
    public Pod passing() {
        return with(new Proxy(Proxy.Type.PASSING, "its proxy passes the call on", proxy.version()));
    }

    private Pod with(Proxy other) {
        return new Pod(
                source,
                namespace,
                new Metadata(name, labels, annotations, serviceAccount),
                spec,
                replicas,
                other,
                serving);
    }

    /** The service for which a waypoint acts; empty for calls to pods, and for every other pod. */
    public Optional<Service> serving() {
        return serving;
    }

    /** The names by which a pod is called and selected. */
    public record Metadata(
            String name, Map<String, String> labels, Map<String, String> annotations, String serviceAccount) {}

    /** The pods of a gateway that only a Gateway's selector tells of; {@code source} is what tells. */
    public static Pod gateway(Source source, String namespace, String name, Map<String, String> labels) {
        return new Pod(
                source,
                namespace,
                new Metadata(name, labels, Map.of(), "%s-service-account".formatted(name)),
                source.manifest().at("/none"),
                OptionalInt.empty(),
                new Proxy(Proxy.Type.GATEWAY, "a Gateway selects it"));
    }

    private List<ContainerPort> declared() {
        List<ContainerPort> declared = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            for (int index = 0; index < spec.path(list).size(); index++) {
                declared(
                        declared,
                        spec.path(list).path(index),
                        source.at("/spec").item(list, index));
            }
        }
        return List.copyOf(declared);
    }

    private static void declared(List<ContainerPort> declared, JsonNode container, Source at) {
        for (int index = 0; index < container.path("ports").size(); index++) {
            JsonNode port = container.path("ports").path(index);
            Source here = at.item("ports", index);
            Fields.number(port.path("containerPort"))
                    .ifPresent(number -> declared.add(new ContainerPort(
                            port.path("name").asText(""),
                            number,
                            port.path("protocol").asText("TCP"),
                            container.path("name").asText(),
                            here)));
        }
    }

    /** The template that makes the pods. */
    public Source source() {
        return source;
    }

    public String namespace() {
        return namespace;
    }

    /** The name of the object that makes the pods. */
    public String name() {
        return name;
    }

    public Map<String, String> labels() {
        return labels;
    }

    public Map<String, String> annotations() {
        return annotations;
    }

    public String serviceAccount() {
        return serviceAccount;
    }

    /** The pod spec; missing for pods that a Helm chart makes. */
    public JsonNode spec() {
        return spec;
    }

    /** The least number of pods; empty when it depends on the cluster. */
    public OptionalInt replicas() {
        return replicas;
    }

    public Proxy proxy() {
        return proxy;
    }

    public List<ContainerPort> ports() {
        return ports;
    }

    /** The number of the port of that name that takes connections, which one of UDP does not. */
    public OptionalInt port(String name) {
        return port(name, false);
    }

    /** The same of a port that takes datagrams of UDP. */
    public OptionalInt datagramPort(String name) {
        return port(name, true);
    }

    private OptionalInt port(String name, boolean datagrams) {
        return ports.stream()
                .filter(port -> port.name().equals(name) && port.transport().equals(UDP) == datagrams)
                .mapToInt(ContainerPort::number)
                .findFirst();
    }

    static boolean isRunTimeLabel(String key) {
        return RUN_TIME_LABELS.contains(key);
    }

    /** True if the selector means these pods, as far as labels that only a cluster knows allow to say. */
    public boolean isSelectedBy(Selector selector) {
        if (Collections.disjoint(selector.labels().keySet(), RUN_TIME_LABELS)) {
            return selector.selects(labels);
        }
        Map<String, String> wanted = new TreeMap<>(selector.labels());
        // A node without a zone gives no label at all, so an empty one is on no pod.
        wanted.entrySet()
                .removeIf(label -> isRunTimeLabel(label.getKey())
                        && !labels.containsKey(label.getKey())
                        && !label.getValue().isEmpty());
        return new Selector(wanted, selector.expressions()).selects(labels);
    }

    /** {@code shop/web}: the namespace and the object that makes the pods. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
