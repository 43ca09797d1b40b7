package io.meshwright.check.evidence;

import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A probe by which the kubelet calls a container: where its port is written, and which that is in the pod. */
public record WrittenProbe(Source source, int port) {
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    /** The probes of a pod's containers by these handlers, such as {@code httpGet}; none for a port of no number. */
    public static Stream<WrittenProbe> of(Pod pod, String... handlers) {
        Source spec = pod.source().at("/spec");
        return IntStream.range(0, pod.spec().path("containers").size())
                .mapToObj(index -> spec.item("containers", index))
                .flatMap(container -> PROBES.stream().map(name -> container.at("/".concat(name))))
                .flatMap(probe -> Stream.of(handlers).map(handler -> probe.at("/%s/port".formatted(handler))))
                .filter(port -> !port.value().isMissingNode())
                .flatMap(port -> number(pod, port).stream().mapToObj(number -> new WrittenProbe(port, number)));
    }

    private static OptionalInt number(Pod pod, Source port) {
        Optional<Integer> number = Fields.number(port.value());
        return number.isPresent()
                ? OptionalInt.of(number.get())
                : pod.port(port.value().asText(""));
    }
}
