package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.traffic.ManagementPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A port on which a pod's probes or scrape annotations show that it has Spring Boot's management endpoints:
 * {@code root} is the path up to its segment {@code actuator}.
 */
public record ManagementPort(int port, String root) {
    private static final String SEGMENT = "/actuator";
    private static final String SCRAPED = "prometheus.io/";
    private static final List<String> PROBES = List.of("readinessProbe", "livenessProbe", "startupProbe");

    public static List<ManagementPort> of(Pod pod) {
        List<ManagementPort> found = new ArrayList<>();
        for (JsonNode container : Fields.items(pod.spec().path("containers"))) {
            for (String probe : PROBES) {
                JsonNode get = container.at("/%s/httpGet".formatted(probe));
                port(pod, get.path("port").asText(""))
                        .ifPresent(port -> root(get.path("path").asText(""))
                                .ifPresent(root -> found.add(new ManagementPort(port, root))));
            }
        }
        if (pod.annotations().getOrDefault(SCRAPED.concat("scrape"), "").equals("true")) {
            port(pod, pod.annotations().getOrDefault(SCRAPED.concat("port"), ""))
                    .ifPresent(port -> root(pod.annotations().getOrDefault(SCRAPED.concat("path"), ""))
                            .ifPresent(root -> found.add(new ManagementPort(port, root))));
        }
        return found.stream().distinct().toList();
    }

    private static OptionalInt port(Pod pod, String written) {
        return written.matches("[0-9]{1,5}") ? OptionalInt.of(Integer.parseInt(written)) : pod.port(written);
    }

    private static Optional<String> root(String path) {
        int segment = path.toLowerCase(Locale.ROOT).indexOf(SEGMENT);
        return ManagementPath.isOne(path) && segment >= 0
                ? Optional.of(path.substring(0, segment + SEGMENT.length()))
                : Optional.empty();
    }
}
