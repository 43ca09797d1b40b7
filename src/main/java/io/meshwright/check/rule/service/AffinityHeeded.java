package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.value.istio.IstioLabels;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * sessionAffinity is a setting of kube-proxy, whom calls through a proxy of the mesh never meet: istiod reads it
 * nowhere and gives proxies the addresses of the pods.
 */
@AutoService(Inspection.class)
public final class AffinityHeeded implements Check {
    public static final Rule AFFINITY_PASSED_BY = Rule.info("MESH429", "affinity_passed_by")
            .title("Proxies of the mesh do not heed the sessionAffinity of a Service")
            .consequence("Each request of a client may meet another pod, and a session that one pod keeps is lost.")
            .remedy("Add a DestinationRule with consistentHash for the host, by a cookie, a header or useSourceIp.");

    @Override
    public List<Rule> rules() {
        return List.of(AFFINITY_PASSED_BY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.services().all().stream()
                .filter(service -> service.isWritten()
                        && service.type() == Service.Type.CLUSTER_IP
                        && affinity(service).equals("ClientIP")
                        && !isPersistent(service))
                .filter(service -> mesh.services().pods(service).size() > 0 && isCalledThroughProxies(mesh, service))
                .filter(service -> !isHashed(mesh, service))
                .map(service -> AFFINITY_PASSED_BY.at(
                        service.source().at("/spec/sessionAffinity"),
                        "kube-proxy alone heeds it: sidecars and gateways choose a pod of %s for each request or connection"
                                .formatted(service)));
    }

    /** Labels of which istiod makes sessions of its own (PILOT_ENABLE_PERSISTENT_SESSION_FILTER). */
    private static boolean isPersistent(Service service) {
        return service.source().manifest().labels().keySet().stream()
                .anyMatch(label -> label.startsWith(IstioLabels.PERSISTENT_SESSION));
    }

    private static String affinity(Service service) {
        return service.source().manifest().at("/spec/sessionAffinity").asText("");
    }

    /** One pod is the same each time; a pod with a proxy elsewhere, or a gateway, may call. */
    private static boolean isCalledThroughProxies(Mesh mesh, Service service) {
        List<Pod> pods = mesh.services().pods(service);
        boolean several = pods.size() > 1 || pods.get(0).replicas().orElse(2) > 1;
        return several
                && mesh.pods().all().stream()
                        .anyMatch(pod -> (pod.proxy().isSidecar() || pod.proxy().isGateway()) && !pods.contains(pod));
    }

    private static boolean isHashed(Mesh mesh, Service service) {
        return mesh.destinationRules()
                .seenBy(new Client(service.namespace(), Map.of()), service)
                .filter(rule -> rule.source().manifest().at("/spec").findValue("consistentHash") != null)
                .isPresent();
    }
}
