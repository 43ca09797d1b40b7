package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.PodContainer;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A sidecar takes a share of a node's memory that lets dozens of pods stand on it. */
@AutoService(Inspection.class)
public final class ProxyMemoryBounded implements Check {
    public static final Rule PROXY_MEMORY_EXCESSIVE = Rule.error("MESH271", "proxy_memory_excessive")
            .title("A sidecar may take more memory than a mesh needs")
            .consequence("A few dozen such pods fill a node.")
            .remedy(
                    "Set sidecar.istio.io/proxyMemoryLimit to 1Gi, and restrict what sidecars know by a Sidecar object.");

    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,9})(Ki|Mi|Gi|Ti|k|M|G|T)?");
    private static final long MOST_MEMORY = 4L << 30;
    private static final String MEMORY_LIMIT = IstioAnnotations.PROXY_MEMORY_LIMIT;

    @Override
    public List<Rule> rules() {
        return List.of(PROXY_MEMORY_EXCESSIVE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream().flatMap(pod -> Stream.concat(ofContainers(pod), ofAnnotation(pod)));
    }

    private static Stream<Finding> ofContainers(Pod pod) {
        return PodContainer.of(pod).stream()
                .filter(PodContainer::isIstios)
                .flatMap(container -> finding(
                        pod,
                        container.source().at("/resources/limits/memory"),
                        container.body().at("/resources/limits/memory").asText("")));
    }

    private static Stream<Finding> ofAnnotation(Pod pod) {
        return finding(
                pod,
                pod.source().at("/metadata/annotations/sidecar.istio.io~1proxyMemoryLimit"),
                pod.annotations().getOrDefault(MEMORY_LIMIT, ""));
    }

    private static Stream<Finding> finding(Pod pod, Source place, String limit) {
        return bytes(limit) <= MOST_MEMORY
                ? Stream.empty()
                : Stream.of(PROXY_MEMORY_EXCESSIVE.at(
                        place,
                        "the sidecar of %s may take %s of memory: a few dozen such pods fill a node"
                                .formatted(pod, limit)));
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
