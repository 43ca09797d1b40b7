package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A container or init container as a pod writes it. */
public record PodContainer(Source source, JsonNode body) {
    public static List<PodContainer> of(Pod pod) {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> IntStream.range(0, pod.spec().path(list).size())
                        .mapToObj(index -> new PodContainer(
                                pod.source().at("/spec").item(list, index),
                                pod.spec().path(list).path(index))))
                .toList();
    }

    /** True if it is Istio's own, such as istio-proxy. */
    public boolean isIstios() {
        return body.path("name").asText("").startsWith("istio-");
    }

    /** True if it ends before the containers of the pod start. */
    public boolean startsBefore() {
        return source.pointer().contains("/initContainers/")
                && !body.path("restartPolicy").asText("").equals("Always");
    }
}
