package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Kind;
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
    private static final String SCHEME = "prometheus.io/scheme";
    private static final Kind SERVERS = new Kind("monitoring.coreos.com", "Prometheus");
    private static final String PORT = "prometheus.io/port";
    private static final String MERGE = IstioAnnotations.MERGE_METRICS;

    @Override
    public List<Rule> rules() {
        return List.of(SCRAPE_REFUSED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                mesh.pods().all().stream()
                        .filter(pod -> pod.proxy().isSidecar()
                                && pod.annotations().getOrDefault(SCRAPE, "").equals("true"))
                        .flatMap(pod -> merged(mesh, pod) ? ofProxy(pod) : finding(mesh, pod)),
                isTrusted(mesh) ? Stream.empty() : monitored(mesh));
    }

    /** The injector leaves the scheme as it is when it points the others at port 15020, where nobody speaks TLS. */
    private static Stream<Finding> ofProxy(Pod pod) {
        return pod.annotations().getOrDefault(SCHEME, "").equalsIgnoreCase("https")
                ? Stream.of(SCRAPE_REFUSED
                        .at(
                                pod.source().annotation(SCHEME),
                                "metrics of %s are merged at port %d, which speaks plain HTTP, and are asked for by https"
                                        .formatted(pod, IstioPorts.MERGED_METRICS.value()))
                        .remedy("Remove the annotation: the agent reads the application's metrics itself.")
                        .as(Severity.WARNING))
                : Stream.empty();
    }

    /**
     * True if a Prometheus is part of the mesh, or shows certificates to all: nothing here tells then what it may read.
     */
    private static boolean isTrusted(Mesh mesh) {
        return mesh.manifests().kind(SERVERS).stream()
                        .anyMatch(server -> server.at("/spec").has("scrapeClasses"))
                || mesh.pods().all().stream()
                        .anyMatch(pod -> pod.proxy().isZtunnel() && pod.name().contains("prometheus"));
    }

    private static Stream<Finding> monitored(Mesh mesh) {
        return ScrapedEndpoints.of(mesh).stream()
                .filter(scraped -> scraped.pod().proxy().isSidecar() && !scraped.hasCertificate())
                .flatMap(scraped -> isOfProxy(scraped.port())
                        ? Stream.of(scraped)
                                .filter(ScrapedEndpoints::isTls)
                                .map(tls -> SCRAPE_REFUSED
                                        .at(
                                                tls.place().at("/scheme"),
                                                "port %d of %s speaks plain HTTP and is asked by https"
                                                        .formatted(tls.port(), tls.pod()))
                                        .remedy("Write scheme http, or leave it out."))
                        : Stream.of(scraped)
                                .filter(plain -> isCut(mesh, plain.pod(), plain.port()))
                                .map(plain -> SCRAPE_REFUSED
                                        .at(
                                                plain.place(),
                                                "port %d of %s takes mutual TLS only, and no certificate is shown to it"
                                                        .formatted(plain.port(), plain.pod()))
                                        .as(Severity.WARNING)));
    }

    private static boolean isOfProxy(int port) {
        return port >= IstioPorts.ENVOY_ADMIN.value() && port <= IstioPorts.ENVOY_METRICS.value();
    }

    private static boolean isCut(Mesh mesh, Pod pod, int port) {
        return Capture.inbound(pod, port)
                && mesh.peerAuthentications().of(pod, port).mode() == Mode.STRICT;
    }

    /** The injector then points the annotations at the proxy's own port 15020. */
    private static boolean merged(Mesh mesh, Pod pod) {
        return Boolean.parseBoolean(pod.annotations()
                .getOrDefault(MERGE, Boolean.toString(mesh.config().prometheusMerge())));
    }

    private static Stream<Finding> finding(Mesh mesh, Pod pod) {
        String port = pod.annotations().getOrDefault(PORT, "");
        if (!port.matches("\\d{1,5}") || isOfProxy(Integer.parseInt(port))) {
            return Stream.empty();
        }
        int number = Integer.parseInt(port);
        Source place = pod.source().at("/metadata/annotations/prometheus.io~1port");
        return isCut(mesh, pod, number)
                ? Stream.of(SCRAPE_REFUSED.at(
                        place,
                        ("port %d of %s takes mutual TLS only and metrics are not merged: Prometheus is refused "
                                        + "and the application's metrics are missing")
                                .formatted(number, pod)))
                : Stream.empty();
    }
}
