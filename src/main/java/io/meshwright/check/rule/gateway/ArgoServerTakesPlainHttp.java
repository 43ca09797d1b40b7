package io.meshwright.check.rule.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Argo CD's server sends plain HTTP to HTTPS unless it is told that TLS ends before it [argo-cd#2953; operator manual,
 * Ingress Configuration].
 */
@AutoService(Inspection.class)
public final class ArgoServerTakesPlainHttp implements Check {
    public static final Rule ARGO_SERVER_REDIRECTS = Rule.error("MESH415", "argo_server_redirects")
            .title("A gateway ends TLS before Argo CD's server, which redirects plain HTTP to HTTPS")
            .consequence("Browsers end with too many redirects.")
            .remedy(
                    "Set server.insecure: \"true\" in the ConfigMap argocd-cmd-params-cm and restart the server, or begin"
                            + " TLS to it by a DestinationRule.");

    private static final String NAME = "argocd-server";
    private static final String VARIABLE = "ARGOCD_SERVER_INSECURE";
    private static final String FLAG = "--insecure";
    private static final String SETTINGS = "argocd-cmd-params-cm";
    private static final int PORT = 8080;

    @Override
    public List<Rule> rules() {
        return List.of(ARGO_SERVER_REDIRECTS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Source, Finding> findings = new LinkedHashMap<>();
        GatewayRoute.of(mesh).stream()
                .filter(route -> route.listener().isTls())
                .forEach(route -> route.route().shares().stream()
                        .map(HttpRoute.Share::destination)
                        .forEach(to -> finding(mesh, route, to)
                                .ifPresent(finding -> findings.putIfAbsent(to.source(), finding))));
        return findings.values().stream();
    }

    private static Optional<Finding> finding(Mesh mesh, GatewayRoute route, Destination to) {
        String host = mesh.services().host(to.host(), to.namespace());
        Optional<Service> service = mesh.services().find(host, route.gateway().namespace());
        Optional<ServicePort> port = service.flatMap(found -> to.port()
                .map(found::port)
                .orElseGet(() -> found.ports().stream().findFirst()));
        return port.flatMap(called -> mesh.services().pods(service.get()).stream()
                .filter(pod -> isServer(pod) && called.on(pod).orElse(0) == PORT && !isTold(mesh, pod))
                .filter(pod -> !beginsTls(mesh, route.gateway(), service.get(), called, to))
                .findFirst()
                .map(pod -> Completeness.weighed(
                        ARGO_SERVER_REDIRECTS.at(
                                to.source(),
                                "%s gets plain HTTP of %s and is not told server.insecure"
                                        .formatted(pod, route.host().domain())),
                        settings(mesh, pod).isPresent() || !asksForSettings(pod))));
    }

    private static boolean beginsTls(Mesh mesh, Pod gateway, Service service, ServicePort port, Destination to) {
        return mesh.destinationRules()
                .seenBy(Client.of(gateway), service)
                .map(rule -> rule.policy(port.number(), to.subset())
                        .tls()
                        .path("mode")
                        .asText(""))
                .filter(List.of("SIMPLE", "MUTUAL")::contains)
                .isPresent();
    }

    private static boolean isServer(Pod pod) {
        return (pod.name().equals(NAME) || NAME.equals(pod.labels().get("app.kubernetes.io/name")))
                && containers(pod)
                        .anyMatch(
                                container -> container.path("image").asText("").contains("argocd"));
    }

    private static boolean isTold(Mesh mesh, Pod pod) {
        boolean bySettings = settings(mesh, pod)
                .filter(map ->
                        map.at("/data").path("server.insecure").asText("").equals("true"))
                .isPresent();
        return bySettings
                || containers(pod)
                        .anyMatch(container -> Stream.of("command", "args")
                                        .flatMap(list -> Fields.texts(container.path(list)).stream())
                                        .anyMatch(word -> word.equals(FLAG) || word.equals(FLAG.concat("=true")))
                                || variable(container).path("value").asText("").equals("true"));
    }

    private static boolean asksForSettings(Pod pod) {
        return containers(pod).anyMatch(container -> variable(container).has("valueFrom"));
    }

    private static JsonNode variable(JsonNode container) {
        return Fields.items(container.path("env")).stream()
                .filter(variable -> variable.path("name").asText("").equals(VARIABLE))
                .findFirst()
                .orElse(container.path("none"));
    }

    private static Optional<Manifest> settings(Mesh mesh, Pod pod) {
        return mesh.manifests().find(Kind.CONFIG_MAP, pod.namespace(), SETTINGS);
    }

    private static Stream<JsonNode> containers(Pod pod) {
        return Fields.items(pod.spec().path("containers")).stream();
    }
}
