package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A pod with a proxy, as that proxy tells istiod of itself. */
record ProxiedPod(Pod pod, Container proxy) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SETTING = "ISTIO_META_";
    /** The agent reads these as JSON (pkg/bootstrap/config.go). */
    private static final String JSON_SETTING = "ISTIO_META_JSON_";
    /** A proxy of the release that istiod is of. */
    private static final String VERSION = "1.31.0";

    static Optional<ProxiedPod> of(Pod pod) {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .filter(container -> container.getName().equals("istio-proxy"))
                .filter(container -> container.getArgs().contains("proxy"))
                .findFirst()
                .map(container -> new ProxiedPod(pod, container));
    }

    /** A gateway of its own, as opposed to a sidecar. */
    boolean isGateway() {
        return proxy.getArgs().contains("router");
    }

    /** Whether the application asks the proxy for names. */
    boolean capturesDns() throws JsonProcessingException {
        JsonNode metadata = metadata();
        return metadata.path("DNS_CAPTURE").asText().equals("true")
                || metadata.at("/PROXY_CONFIG/proxyMetadata/ISTIO_META_DNS_CAPTURE")
                        .asText()
                        .equals("true");
    }

    String namespace() {
        return pod.getMetadata().getNamespace();
    }

    String name() {
        return pod.getMetadata().getName();
    }

    String account() {
        return pod.getSpec().getServiceAccountName();
    }

    /** As Kubernetes has it. */
    String address() {
        return pod.getStatus().getPodIP();
    }

    /** {@code istiod}, or the one of the revision that injected the proxy. */
    String revision() {
        return pod.getMetadata().getLabels().getOrDefault("istio.io/rev", "default");
    }

    Node node() throws JsonProcessingException {
        return Node.newBuilder()
                .setId("%s~%s~%s.%s~%s.svc.cluster.local"
                        .formatted(isGateway() ? "router" : "sidecar", address(), name(), namespace(), namespace()))
                .setCluster("%s.%s".formatted(account(), namespace()))
                .setMetadata(Structs.of(metadata()))
                .build();
    }

    private ObjectNode metadata() throws JsonProcessingException {
        ObjectNode metadata = JSON.createObjectNode();
        for (EnvVar variable : proxy.getEnv()) {
            String value = variable.getValue() == null ? "" : variable.getValue();
            if (variable.getName().equals("PROXY_CONFIG")) {
                metadata.set("PROXY_CONFIG", JSON.readTree(value));
            } else if (variable.getName().startsWith(JSON_SETTING)) {
                metadata.setAll((ObjectNode) JSON.readTree(value));
            } else if (variable.getName().startsWith(SETTING)) {
                metadata.put(variable.getName().substring(SETTING.length()), value);
            }
        }
        metadata.put("NAMESPACE", namespace()).put("NAME", name()).put("SERVICE_ACCOUNT", account());
        metadata.put("ISTIO_VERSION", VERSION).put("CLUSTER_ID", "Kubernetes").put("INSTANCE_IPS", address());
        metadata.set("LABELS", labels());
        return metadata;
    }

    private JsonNode labels() {
        return JSON.valueToTree(new TreeMap<>(pod.getMetadata().getLabels()));
    }

    @Override
    public String toString() {
        return "%s/%s".formatted(namespace(), name());
    }
}
