package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Azure's load balancer probes a port as its appProtocol says, and a gateway answers 404 for a host that it does not
 * have (cloud-provider-azure, buildHealthProbeRulesForPort; Azure/AKS#3210).
 */
@AutoService(Inspection.class)
public final class ProbesAnswered implements Check {
    public static final Rule PROBE_REFUSED = Rule.error("MESH346", "probe_refused")
            .title("Azure's load balancer probes a gateway by HTTP, which answers 404")
            .consequence("Every node counts as dead, and nobody outside reaches the gateway.")
            .remedy("Leave appProtocol out and name the port instead, or write the annotation"
                    + " service.beta.kubernetes.io/port_PORT_health-probe_protocol: tcp.");

    public static final Rule PROBE_SETTING_UNREAD = Rule.warning("MESH419", "probe_setting_unread")
            .title("Azure reads no settings of probes where externalTrafficPolicy is Local")
            .consequence("The load balancer asks kube-proxy for /healthz, and never what is written.")
            .remedy("Remove it, set externalTrafficPolicy: Cluster, or name a port by port_PORT_health-probe_port.");

    private static final String PREFIX = "service.beta.kubernetes.io/";
    private static final String AZURE = PREFIX.concat("azure-");
    private static final HttpRequest ROOT = HttpRequest.of("GET", "http", "probe", "/");
    private static final String PORT = "service\\.beta\\.kubernetes\\.io/port_\\d+_health-probe_";
    private static final String ASKED =
            "service\\.beta\\.kubernetes\\.io/azure-load-balancer-health-probe-(protocol|request-path)";
    private static final String PROBE = AZURE.concat("load-balancer-health-probe-");

    @Override
    public List<Rule> rules() {
        return List.of(PROBE_REFUSED, PROBE_SETTING_UNREAD);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(refused(mesh), mesh.services().all().stream().flatMap(ProbesAnswered::unread));
    }

    /** With Local kube-proxy is asked, and not the port, unless its own annotation names one (Azure/AKS#3679). */
    private static Stream<Finding> unread(Service service) {
        OpenService open = new OpenService(service);
        Set<String> names = open.annotations().keySet();
        return open.type().equals("LoadBalancer")
                        && open.isLocal()
                        && names.stream().noneMatch(name -> name.matches(PORT.concat("port")))
                ? names.stream()
                        .filter(name -> name.matches(ASKED) || name.matches(PORT.concat("(protocol|request-path)")))
                        .sorted()
                        .limit(1)
                        .map(name -> PROBE_SETTING_UNREAD.at(
                                open.annotationAt(name),
                                "externalTrafficPolicy is Local, so \"%s\" is not read".formatted(name)))
                : Stream.empty();
    }

    private static Stream<Finding> refused(Mesh mesh) {
        return mesh.services().all().stream()
                .map(OpenService::new)
                .filter(open -> open.type().equals("LoadBalancer")
                        && open.annotations().keySet().stream().anyMatch(name -> name.startsWith(AZURE))
                        // With Local the balancer asks kube-proxy, which of the nodes has a pod.
                        && !open.isLocal()
                        && !open.service()
                                .source()
                                .manifest()
                                .at("/spec/infrastructure")
                                .has("parametersRef")
                        && isGateway(mesh, open))
                .flatMap(open -> open.service().ports().stream()
                        .filter(port -> isAskedByHttp(open.annotations(), port))
                        .map(port -> PROBE_REFUSED.at(
                                port.source().at(field(port)),
                                ("Azure's load balancer asks port %d for / by %s and without a host, which the gateway"
                                                + " answers 404")
                                        .formatted(
                                                port.number(), appProtocol(port).toUpperCase(Locale.ROOT)))));
    }

    /** True if pods of a gateway are behind it, none of which has a route for every host that takes the path /. */
    private static boolean isGateway(Mesh mesh, OpenService open) {
        List<Pod> pods = mesh.services().pods(open.service());
        return !pods.isEmpty()
                && pods.stream()
                        .allMatch(pod -> pod.proxy().isGateway()
                                && GatewayRoute.of(mesh, pod).stream()
                                        .noneMatch(
                                                route -> route.host().domain().equals("*")
                                                        && route.entry().fits(ROOT, mesh.version(pod))));
    }

    /** The annotation of the protocol for all ports counts behind appProtocol in every release that reads both. */
    private static boolean isAskedByHttp(Map<String, String> annotations, ServicePort port) {
        String own = "%sport_%d_".formatted(PREFIX, port.number());
        boolean told = Stream.of(
                        PROBE.concat("request-path"),
                        own.concat("health-probe_protocol"),
                        own.concat("health-probe_request-path"),
                        own.concat("health-probe_port"),
                        own.concat("no_probe_rule"),
                        own.concat("no_lb_rule"))
                .anyMatch(annotations::containsKey);
        return !told && List.of("http", "https").contains(appProtocol(port));
    }

    private static String appProtocol(ServicePort port) {
        return port.source().at(field(port)).value().asText("").toLowerCase(Locale.ROOT);
    }

    /** The Service that istiod makes for a listener has its protocol (extractServicePorts). */
    private static String field(ServicePort port) {
        return port.source().manifest().kind().equals(Kind.SERVICE) ? "/appProtocol" : "/protocol";
    }
}
