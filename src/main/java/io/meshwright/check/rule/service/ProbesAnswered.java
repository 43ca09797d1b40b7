package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.value.istio.IstioPorts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
            .remedy(
                    "Leave appProtocol out and name the port instead, or write the annotation"
                            + " service.beta.kubernetes.io/port_PORT_health-probe_protocol: tcp; or let another port be asked, as"
                            + " port_PORT_health-probe_port for the gateway's status port and port_PORT_health-probe_request-path: /healthz/ready do.");

    public static final Rule PROBE_SETTING_UNREAD = Rule.warning("MESH419", "probe_setting_unread")
            .title("Azure reads no settings of probes where externalTrafficPolicy is Local")
            .consequence("The load balancer asks kube-proxy for /healthz, and never what is written.")
            .remedy("Remove it, set externalTrafficPolicy: Cluster, or name a port by port_PORT_health-probe_port.");

    private static final String PREFIX = "service.beta.kubernetes.io/";
    private static final String AZURE = PREFIX.concat("azure-");
    private static final String OF_AZURE = "service\\.beta\\.kubernetes\\.io/(azure-|port_\\d+_).*";
    private static final String PORT = "service\\.beta\\.kubernetes\\.io/port_\\d+_health-probe_";
    private static final String ASKED =
            "service\\.beta\\.kubernetes\\.io/azure-load-balancer-health-probe-(protocol|request-path)";
    private static final String PROBE = AZURE.concat("load-balancer-health-probe-");
    /** Ports on which the agent of a gateway itself answers. */
    private static final Set<Integer> OF_AGENT =
            Set.of(IstioPorts.MERGED_METRICS.value(), IstioPorts.STATUS.value(), IstioPorts.ENVOY_METRICS.value());

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
                        && open.annotations().keySet().stream().anyMatch(name -> name.matches(OF_AZURE))
                        // With Local the balancer asks kube-proxy, which of the nodes has a pod.
                        && !open.isLocal()
                        && !open.service()
                                .source()
                                .manifest()
                                .at("/spec/infrastructure")
                                .has("parametersRef"))
                .flatMap(open -> open.service().ports().stream().flatMap(port -> refused(mesh, open, port).stream()));
    }

    private static Optional<Finding> refused(Mesh mesh, OpenService open, ServicePort port) {
        return Asked.of(open, port)
                .filter(asked -> isGateway(mesh, open, port, asked.path()))
                .map(asked -> PROBE_REFUSED
                        .at(
                                asked.source(),
                                "Azure's load balancer asks port %d for %s by %s and without a host, which the gateway answers 404"
                                        .formatted(port.number(), asked.path(), asked.protocol()))
                        .as(asked.severity()));
    }

    /** True if pods of a gateway are behind it, none of which has a route for every host that takes the path. */
    private static boolean isGateway(Mesh mesh, OpenService open, ServicePort port, String path) {
        HttpRequest probe = HttpRequest.of("GET", "http", "probe", path);
        List<Pod> pods = mesh.services().pods(open.service());
        return !pods.isEmpty()
                && pods.stream()
                        .allMatch(pod -> pod.proxy().isGateway()
                                && !OF_AGENT.contains(port.on(pod).orElse(0))
                                && GatewayRoute.of(mesh, pod).stream()
                                        .noneMatch(
                                                route -> route.host().domain().equals("*")
                                                        && route.entry().fits(probe, mesh.version(pod))));
    }

    /**
     * The path for which a port is asked by HTTP; its own annotation counts before appProtocol, and that before the
     * annotation for all ports.
     */
    private record Asked(Source source, String protocol, String path, Severity severity) {
        static Optional<Asked> of(OpenService open, ServicePort port) {
            Map<String, String> annotations = open.annotations();
            String own = "%sport_%d_".formatted(PREFIX, port.number());
            boolean other = Stream.of("health-probe_port", "no_probe_rule", "no_lb_rule")
                    .anyMatch(name -> annotations.containsKey(own.concat(name)));
            String path = annotations.getOrDefault(
                    own.concat("health-probe_request-path"),
                    annotations.getOrDefault(PROBE.concat("request-path"), "/"));
            Source application = port.source().at(field(port));
            String told = own.concat("health-probe_protocol");
            String all = PROBE.concat("protocol");
            Source source = annotations.containsKey(told)
                    ? open.annotationAt(told)
                    : application.value().isTextual() ? application : open.annotationAt(all);
            String protocol = Optional.ofNullable(annotations.get(told))
                    .or(() -> Fields.text(application.value()))
                    .orElse(annotations.getOrDefault(all, "tcp"))
                    .strip()
                    .toUpperCase(Locale.ROOT);
            return !other && path.startsWith("/") && List.of("HTTP", "HTTPS").contains(protocol)
                    ? Optional.of(new Asked(source, protocol, path, severity(annotations, told, all, path)))
                    : Optional.empty();
        }

        /**
         * A controller may be one that asks as the annotation for all ports says, whatever appProtocol is; and whoever
         * names a path may have a filter that answers it.
         */
        private static Severity severity(Map<String, String> annotations, String told, String all, String path) {
            if (!annotations.containsKey(told)
                    && annotations.getOrDefault(all, "").strip().equalsIgnoreCase("tcp")) {
                return Severity.INFO;
            }
            return path.equals("/") ? Severity.ERROR : Severity.WARNING;
        }

        /** The Service that istiod makes for a listener has its protocol (extractServicePorts). */
        private static String field(ServicePort port) {
            return port.source().manifest().kind().equals(Kind.SERVICE) ? "/appProtocol" : "/protocol";
        }
    }
}
