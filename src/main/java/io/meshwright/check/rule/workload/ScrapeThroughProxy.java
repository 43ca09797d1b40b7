package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PeerAuthentications.Mode;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioPorts;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Prometheus outside the mesh reads an application's port in plaintext; a STRICT sidecar lets it read merged metrics
 * only.
 */
@AutoService(Inspection.class)
public final class ScrapeThroughProxy implements Check {
    public static final Rule SCRAPE_REFUSED = Rule.error("MESH276", "scrape_refused")
            .title("Metrics are read through a port that takes mutual TLS only")
            .consequence("The application's metrics are missing.")
            .remedy(
                    "Set enablePrometheusMerge, exempt the port by portLevelMtls, or scrape with the mesh's certificates.");

    private static final String SCRAPE = "prometheus.io/scrape";
    private static final String PORT = "prometheus.io/port";
    private static final String MERGE = IstioAnnotations.MERGE_METRICS;

    @Override
    public List<Rule> rules() {
        return List.of(SCRAPE_REFUSED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar()
                        && pod.annotations().getOrDefault(SCRAPE, "").equals("true"))
                .filter(pod -> !merged(mesh, pod))
                .flatMap(pod -> finding(mesh, pod));
    }

    /** The injector then points the annotations at the proxy's own port 15020. */
    private static boolean merged(Mesh mesh, Pod pod) {
        return Boolean.parseBoolean(pod.annotations()
                .getOrDefault(MERGE, Boolean.toString(mesh.config().prometheusMerge())));
    }

    private static Stream<Finding> finding(Mesh mesh, Pod pod) {
        String port = pod.annotations().getOrDefault(PORT, "");
        if (!port.matches("\\d{1,5}")
                || Integer.parseInt(port) >= IstioPorts.ENVOY_ADMIN.value()
                        && Integer.parseInt(port) <= IstioPorts.ENVOY_METRICS.value()) {
            return Stream.empty();
        }
        int number = Integer.parseInt(port);
        boolean cut = Capture.inbound(pod, number)
                && mesh.peerAuthentications().of(pod, number).mode() == Mode.STRICT;
        Source place = pod.source().at("/metadata/annotations/prometheus.io~1port");
        return cut
                ? Stream.of(SCRAPE_REFUSED.at(
                        place,
                        ("port %d of %s takes mutual TLS only and metrics are not merged: Prometheus is refused "
                                        + "and the application's metrics are missing")
                                .formatted(number, pod)))
                : Stream.empty();
    }
}
