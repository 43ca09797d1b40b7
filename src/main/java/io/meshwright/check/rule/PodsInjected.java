package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What keeps a proxy out of a pod, or the pod's traffic out of the proxy, and how much a proxy may take. */
public final class PodsInjected implements Check {
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,9})(Ki|Mi|Gi|Ti|k|M|G|T)?");
    private static final int PROXY_UID = 1337;
    private static final long MOST_MEMORY = 4L << 30;
    private static final String MEMORY_LIMIT = "sidecar.istio.io/proxyMemoryLimit";

    private static final List<String> INJECTION_LABELS =
            List.of("istio-injection", "istio.io/rev", "istio.io/dataplane-mode");

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                mesh.pods().all().stream().flatMap(pod -> findings(pod).stream()),
                mesh.manifests().kind(Kind.NAMESPACE).stream().flatMap(namespace -> labels(namespace).stream()));
    }

    private static List<Finding> findings(Pod pod) {
        List<Finding> findings = new ArrayList<>();
        Source spec = pod.source().at("/spec");
        uid(pod, spec.at("/securityContext"), pod.spec().path("securityContext"), findings);
        for (String list : List.of("containers", "initContainers")) {
            for (int index = 0; index < pod.spec().path(list).size(); index++) {
                JsonNode container = pod.spec().path(list).path(index);
                boolean proxy = container.path("name").asText("").startsWith("istio-");
                if (!proxy) {
                    uid(
                            pod,
                            spec.item(list, index).at("/securityContext"),
                            container.path("securityContext"),
                            findings);
                }
                if (container.path("image").asText("").equals("auto")
                        && !pod.proxy().inMesh().isYes()) {
                    findings.add(Given.weighed(
                            Rule.IMAGE_AUTO_NOT_INJECTED.at(
                                    spec.item(list, index).at("/image"),
                                    "nobody puts an image in the place of \"auto\": %s; the pod never starts"
                                            .formatted(pod.proxy().why())),
                            pod.proxy().inMesh().isNo()));
                }
                memory(pod, spec.item(list, index), container, proxy, findings);
            }
        }
        String limit = pod.annotations().getOrDefault(MEMORY_LIMIT, "");
        if (bytes(limit) > MOST_MEMORY) {
            findings.add(
                    tooMuch(pod.source().at("/metadata/annotations/sidecar.istio.io~1proxyMemoryLimit"), pod, limit));
        }
        return findings;
    }

    private static void uid(Pod pod, Source place, JsonNode context, List<Finding> findings) {
        if (context.path("runAsUser").asInt(0) == PROXY_UID
                && !pod.proxy().isGateway()
                && !pod.proxy().inMesh().isNo()) {
            findings.add(Rule.APPLICATION_AS_PROXY.at(
                    place.at("/runAsUser"),
                    "user 1337 is the sidecar's, so what the application sends passes by the proxy and all of"
                            + " its settings"));
        }
    }

    private static void memory(Pod pod, Source container, JsonNode body, boolean proxy, List<Finding> findings) {
        String limit = body.at("/resources/limits/memory").asText("");
        if (proxy && bytes(limit) > MOST_MEMORY) {
            findings.add(tooMuch(container.at("/resources/limits/memory"), pod, limit));
        }
    }

    private static Finding tooMuch(Source place, Pod pod, String limit) {
        return Rule.PROXY_MEMORY_EXCESSIVE.at(
                place,
                "the sidecar of %s may take %s of memory: a few dozen such pods fill a node".formatted(pod, limit));
    }

    private static List<Finding> labels(Manifest namespace) {
        Map<String, String> labels = namespace.labels();
        // Whoever turns injection off by the one label may well name a revision by the other.
        boolean off = !labels.getOrDefault("istio-injection", "enabled").equals("enabled");
        if (!off && INJECTION_LABELS.stream().filter(labels::containsKey).count() > 1) {
            return List.of(Rule.INJECTION_LABELS_CONFLICT.at(
                    Source.of(namespace).at("/metadata/labels"),
                    "of the labels %s Istio heeds only one".formatted(String.join(", ", INJECTION_LABELS))));
        }
        return List.of();
    }

    /** Zero for what is no quantity. */
    private static long bytes(String quantity) {
        var parts = QUANTITY.matcher(quantity);
        if (!parts.matches()) {
            return 0;
        }
        int power = parts.group(2) == null
                ? 0
                : "kMGT".indexOf(Character.toString(parts.group(2).charAt(0)).replace('K', 'k')) + 1;
        return Long.parseLong(parts.group(1)) << 10 * power;
    }
}
