package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.workload.Proxy.Type;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Predicts what istiod's webhooks make of a pod: their namespace and object selectors
 * (manifests/charts/istio-control/istio-discovery/files/gen-istio.yaml) and pkg/kube/inject/inject.go, injectRequired.
 */
public final class Injection {
    public static final String INJECT = IstioLabels.INJECT;
    static final String NAMESPACE_LABEL = IstioLabels.INJECTION;
    public static final String REVISION = IstioLabels.REVISION;
    private static final String AMBIENT = IstioLabels.DATAPLANE_MODE;
    private static final List<String> ASKED = List.of(NAMESPACE_LABEL, REVISION, AMBIENT);
    private static final String TEMPLATES = IstioAnnotations.TEMPLATES;
    private static final String PROXY_CONTAINER = "istio-proxy";
    private static final Set<String> NEVER =
            Set.of("kube-system", "kube-public", "kube-node-lease", "local-path-storage");
    private static final Set<String> YES = Set.of("y", "yes", "true", "on");

    private final Namespaces namespaces;
    private final ControlPlanes controlPlanes;

    public Injection(Namespaces namespaces, ControlPlanes controlPlanes) {
        this.namespaces = namespaces;
        this.controlPlanes = controlPlanes;
    }

    /** The annotations of a pod as injection completes them, as far as they say which calls its sidecar takes. */
    Map<String, String> completed(Map<String, String> annotations, Proxy proxy) {
        Map<String, String> capture = controlPlanes.capture();
        if (!proxy.isSidecar() || capture.isEmpty()) {
            return annotations;
        }
        Map<String, String> both = new TreeMap<>(capture);
        both.putAll(annotations);
        return both;
    }

    public Proxy of(String namespace, Map<String, String> labels, Map<String, String> annotations, JsonNode spec) {
        Optional<JsonNode> written = container(spec);
        if (written.filter(Injection::isZtunnel).isPresent()) {
            return none("the pod is a ztunnel, which carries the traffic of others");
        }
        if (written.isPresent() && !written.get().path("image").asText().equals("auto")) {
            return new Proxy(
                    isRouter(written.get()) ? Type.GATEWAY : Type.SIDECAR,
                    "the container istio-proxy is written into the pod");
        }
        Type type = isGateway(annotations, spec, written.isPresent()) ? Type.GATEWAY : Type.SIDECAR;
        if (spec.path("hostNetwork").asBoolean(false)) {
            return none("the pod uses the host's network");
        }
        if (NEVER.contains(namespace)) {
            return none("Istio never injects into namespace %s".formatted(namespace));
        }
        Optional<String> wish = Optional.ofNullable(labels.getOrDefault(INJECT, annotations.get(INJECT)))
                .filter(text -> !text.isEmpty());
        if (wish.isPresent() && !YES.contains(wish.get().toLowerCase(Locale.ROOT))) {
            return none("the pod says %s: \"%s\"".formatted(INJECT, wish.get()));
        }
        if (wish.isEmpty() && controlPlanes.neverInjects(labels)) {
            return none("the injector leaves out pods such as this unless they ask for a proxy");
        }
        Proxy found = namespaces
                .labels(namespace)
                .map(known -> inKnown(type, known, labels))
                .orElseGet(() -> inUnknown(type, namespace, labels));
        // A version that says nothing of Istio leaves it to those that do.
        List<Proxy> told = namespaces.versions(namespace).stream()
                .filter(version -> ASKED.stream().anyMatch(version::containsKey))
                .map(version -> inKnown(type, version, labels))
                .toList();
        boolean contested =
                told.stream().anyMatch(other -> other.type() != told.get(0).type());
        return contested
                ? new Proxy(Type.UNKNOWN, "which version of Namespace %s is applied last decides".formatted(namespace))
                : told.stream().findFirst().orElse(found);
    }

    private Proxy inKnown(Type type, Map<String, String> namespace, Map<String, String> pod) {
        if (namespace.containsKey(NAMESPACE_LABEL)) {
            return namespace.get(NAMESPACE_LABEL).equals("enabled")
                    ? byRevision(type, "default", "the namespace says %s: enabled".formatted(NAMESPACE_LABEL))
                    : none("the namespace says %s: %s".formatted(NAMESPACE_LABEL, namespace.get(NAMESPACE_LABEL)));
        }
        if (namespace.containsKey(REVISION)) {
            return byRevision(
                    type,
                    namespace.get(REVISION),
                    "the namespace says %s: %s".formatted(REVISION, namespace.get(REVISION)));
        }
        if (pod.containsKey(REVISION)) {
            return byRevision(type, pod.get(REVISION), "the pod says %s: %s".formatted(REVISION, pod.get(REVISION)));
        }
        // Only a label reaches the webhook here: an annotation cannot be selected by.
        if ("true".equals(pod.get(INJECT))) {
            return byRevision(type, "default", "the pod says %s: \"true\"".formatted(INJECT));
        }
        if ("ambient".equals(pod.getOrDefault(AMBIENT, namespace.get(AMBIENT)))) {
            return new Proxy(Type.ZTUNNEL, "%s is ambient".formatted(AMBIENT));
        }
        return controlPlanes.injectsByDefault()
                ? new Proxy(type, "the mesh injects into namespaces without a label")
                : none("neither the namespace nor the pod asks for injection");
    }

    private Proxy inUnknown(Type type, String namespace, Map<String, String> pod) {
        if ("true".equals(pod.get(INJECT))) {
            return byRevision(
                    type, pod.getOrDefault(REVISION, "default"), "the pod says %s: \"true\"".formatted(INJECT));
        }
        return new Proxy(Type.UNKNOWN, "the labels of namespace %s are not among the manifests".formatted(namespace));
    }

    private Proxy byRevision(Type type, String revision, String why) {
        return controlPlanes.serves(revision).isNo()
                ? none("%s, but no istiod here serves revision %s".formatted(why, revision))
                : new Proxy(type, why, controlPlanes.version(revision));
    }

    private static Proxy none(String why) {
        return new Proxy(Type.NONE, why);
    }

    private static Optional<JsonNode> container(JsonNode spec) {
        return List.of("containers", "initContainers").stream()
                .flatMap(list -> Fields.items(spec.path(list)).stream())
                .filter(container -> container.path("name").asText().equals(PROXY_CONTAINER))
                .findFirst();
    }

    private static boolean isRouter(JsonNode container) {
        return Fields.texts(container.path("args")).contains("router");
    }

    /** Its container has the name of a sidecar's (manifests/charts/ztunnel/templates/daemonset.yaml). */
    private static boolean isZtunnel(JsonNode container) {
        return Fields.texts(container.path("args")).contains("ztunnel");
    }

    private static boolean isGateway(Map<String, String> annotations, JsonNode spec, boolean auto) {
        boolean template =
                List.of(annotations.getOrDefault(TEMPLATES, "").split(",")).contains("gateway");
        return template || auto && spec.path("containers").size() == 1;
    }
}
