package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.TlsEndedBefore;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A gateway sees only plain text if TLS ends before it, so its redirect to HTTPS comes back. */
@AutoService(Inspection.class)
public final class RedirectsEnd implements Check {
    public static final Rule REDIRECT_LOOP = Rule.error("MESH351", "redirect_loop")
            .title("A gateway redirects to HTTPS what a load balancer has taken out of TLS")
            .consequence("Browsers end with too many redirects.")
            .remedy("Redirect at the load balancer, or send its port with TLS to another one of the gateway; where it"
                    + " writes X-Forwarded-Proto, let the gateway believe it by gatewayTopology.numTrustedProxies.");

    @Override
    public List<Rule> rules() {
        return List.of(REDIRECT_LOOP);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Source, Finding> findings = new LinkedHashMap<>();
        TlsEndedBefore.all(mesh)
                .forEach(way -> mesh.services().pods(way.service()).stream()
                        .filter(pod -> pod.proxy().isGateway())
                        .forEach(pod -> redirects(mesh, way, pod)
                                .forEach(place -> findings.putIfAbsent(
                                        place,
                                        REDIRECT_LOOP.at(
                                                place,
                                                "%s ends TLS before %s and sends plain text to its port %d, which redirects to HTTPS again"
                                                        .formatted(
                                                                way.source().manifest(),
                                                                pod,
                                                                way.port().number()))))));
        return findings.values().stream();
    }

    private static Stream<Source> redirects(Mesh mesh, TlsEndedBefore way, Pod pod) {
        return mesh.gateways().listeners(pod).stream()
                .filter(listener -> !listener.isTls()
                        && listener.port() == way.port().on(pod).orElse(0))
                .flatMap(listener -> Stream.concat(servers(mesh, way, pod, listener), routes(mesh, pod, listener)));
    }

    private static Stream<Source> servers(Mesh mesh, TlsEndedBefore way, Pod pod, Listener listener) {
        return way.isBelieved(mesh, pod)
                ? Stream.empty()
                : listener.servers().stream()
                        .filter(Server::redirectsToHttps)
                        .map(server -> server.source().at("/tls/httpsRedirect"));
    }

    /** A redirect that asks for a header of the balancer's knows when to stop. */
    private static Stream<Source> routes(Mesh mesh, Pod pod, Listener listener) {
        return mesh.gatewayRoutes().of(pod, listener.servers()).hosts().stream()
                .flatMap(host -> host.routes().stream())
                .filter(entry -> entry.isCatchAll() && isToHttps(entry))
                .map(entry -> entry.route().field("redirect"))
                .filter(place -> !place.value().isMissingNode());
    }

    private static boolean isToHttps(RouteEntry entry) {
        return entry.route().isRedirect()
                && entry.route()
                        .body()
                        .path("redirect")
                        .path("scheme")
                        .asText("")
                        .equals("https");
    }
}
