package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.value.istio.IstioPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The ports of pods that monitors of the Prometheus operator let be read, each by the pod's own address.
 *
 * @param place where the monitor says it
 */
record ScrapedEndpoints(Pod pod, int port, Source place) {
    private static final String GROUP = "monitoring.coreos.com";
    private static final Kind POD_MONITOR = new Kind(GROUP, "PodMonitor");
    private static final Kind SERVICE_MONITOR = new Kind(GROUP, "ServiceMonitor");
    private static final String ENVOY_PORT = "http-envoy-prom";
    private static final int ENVOY = IstioPorts.ENVOY_METRICS.value();
    /** Labels by which a relabelling leads a target elsewhere. */
    private static final List<String> LEADING = List.of("__address__", "__scheme__");

    static List<ScrapedEndpoints> of(Mesh mesh) {
        List<ScrapedEndpoints> found = new ArrayList<>();
        mesh.manifests()
                .kind(POD_MONITOR)
                .forEach(monitor -> endpoints(monitor, "spec/podMetricsEndpoints")
                        .forEach(endpoint -> mesh.pods().all().stream()
                                .filter(pod -> isMeant(monitor, pod.namespace())
                                        && Selector.of(monitor.at("/spec/selector"))
                                                .selects(pod.labels()))
                                .forEach(pod -> container(pod, endpoint)
                                        .ifPresent(port -> found.add(new ScrapedEndpoints(pod, port, endpoint))))));
        mesh.manifests()
                .kind(SERVICE_MONITOR)
                .forEach(monitor -> endpoints(monitor, "spec/endpoints")
                        .forEach(endpoint -> mesh.services().all().stream()
                                .filter(service -> service.isKubernetes()
                                        && isMeant(monitor, service.namespace())
                                        && Selector.of(monitor.at("/spec/selector"))
                                                .selects(service.source()
                                                        .manifest()
                                                        .labels()))
                                .forEach(service -> mesh.services()
                                        .pods(service)
                                        .forEach(pod -> behind(service, pod, endpoint)
                                                .ifPresent(port ->
                                                        found.add(new ScrapedEndpoints(pod, port, endpoint)))))));
        return found;
    }

    private static Stream<Source> endpoints(Manifest monitor, String list) {
        return Source.of(monitor)
                .items(list)
                .filter(endpoint -> Fields.items(endpoint.value().path("relabelings")).stream()
                        .noneMatch(rule ->
                                LEADING.contains(rule.path("targetLabel").asText(""))));
    }

    private static boolean isMeant(Manifest monitor, String namespace) {
        JsonNode wanted = monitor.at("/spec/namespaceSelector");
        List<String> names = Fields.texts(wanted.path("matchNames"));
        return wanted.path("any").asBoolean(false)
                || (names.isEmpty() ? monitor.home().equals(namespace) : names.contains(namespace));
    }

    private static OptionalInt container(Pod pod, Source endpoint) {
        JsonNode body = endpoint.value();
        Optional<Integer> number = Fields.number(body.path("portNumber"));
        return number.isPresent()
                ? OptionalInt.of(number.get())
                : Fields.text(body.path("port"))
                        .map(name -> named(pod, name))
                        .orElseGet(() -> target(pod, body.path("targetPort")));
    }

    private static OptionalInt named(Pod pod, String name) {
        return name.equals(ENVOY_PORT) ? OptionalInt.of(ENVOY) : pod.port(name);
    }

    private static OptionalInt target(Pod pod, JsonNode target) {
        return Fields.number(target)
                .map(OptionalInt::of)
                .orElseGet(
                        () -> Fields.text(target).map(name -> named(pod, name)).orElse(OptionalInt.empty()));
    }

    private static OptionalInt behind(Service service, Pod pod, Source endpoint) {
        Optional<String> name = Fields.text(endpoint.value().path("port"));
        return name.isEmpty()
                ? target(pod, endpoint.value().path("targetPort"))
                : service.ports().stream()
                        .filter(port ->
                                port.source().value().path("name").asText("").equals(name.get()))
                        .findFirst()
                        .map((ServicePort port) -> port.on(pod))
                        .orElse(OptionalInt.empty());
    }

    boolean isTls() {
        return place.value().path("scheme").asText("").equalsIgnoreCase("https");
    }

    /** Shows a certificate, which may be the mesh's. */
    boolean hasCertificate() {
        JsonNode tls = place.value().path("tlsConfig");
        return isTls() && (tls.has("cert") || tls.has("certFile"))
                || place.value().has("scrapeClass")
                || place.value().has("proxyUrl");
    }
}
