package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.AwsLoadBalancer;
import io.meshwright.mesh.workload.ClientAddress;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A policy that asks for clients' addresses stands behind a load balancer that keeps them: with externalTrafficPolicy
 * Cluster nodes write their own (kubernetes.io, Preserving the client source IP; istio.io, Ingress Access Control).
 */
@AutoService(Inspection.class)
public final class ClientAddressesKept implements Check {
    public static final Rule CLIENT_ADDRESS_LOST = Rule.warning("MESH364", "client_address_lost")
            .title("A policy of a gateway asks for addresses that its Service hides")
            .consequence(
                    "Clients come with the address of a node: who is listed is refused, or a list of nodes admits all.")
            .remedy(
                    "Set externalTrafficPolicy: Local on the Service, or preserve_client_ip.enabled=true among the target"
                            + " group attributes of a Network Load Balancer; where a proxy in front writes X-Forwarded-For, ask"
                            + " for remoteIpBlocks and set gatewayTopology.numTrustedProxies.");

    /** Annotations of clouds and proxies on a Service that keeps addresses in another way. */
    private static final List<String> KEEPING = List.of("proxy-protocol", "cloud.google.com/neg");

    private static final String TOPOLOGY = "gatewayTopology";

    @Override
    public List<Rule> rules() {
        return List.of(CLIENT_ADDRESS_LOST);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Source, Finding> findings = new LinkedHashMap<>();
        mesh.services().all().stream()
                .map(OpenService::new)
                .filter(ClientAddressesKept::isHiding)
                .forEach(open -> mesh.services().pods(open.service()).stream()
                        .filter(pod -> pod.proxy().isGateway() && !isTold(mesh, pod) && isOnlyDoor(mesh, pod))
                        .forEach(pod -> mesh.authorizationPolicies().of(pod).stream()
                                .flatMap(policy -> policy.rules().stream())
                                .map(AuthorizationRule::source)
                                .flatMap(rule -> first(rule).stream())
                                .forEach(place -> findings.putIfAbsent(
                                        place,
                                        CLIENT_ADDRESS_LOST.at(place, "%s %s".formatted(open.service(), why(open)))))));
        return findings.values().stream();
    }

    private static String why(OpenService open) {
        boolean past =
                AwsLoadBalancer.of(open).filter(AwsLoadBalancer::hidesByItself).isPresent();
        return past
                ? "has targets for which preserve_client_ip.enabled is not true, so the gateway sees addresses of the load"
                        + " balancer"
                : "has externalTrafficPolicy Cluster, so the gateway sees addresses of nodes";
    }

    private static boolean isHiding(OpenService open) {
        return open.type().equals("LoadBalancer")
                && open.clientAddress() == ClientAddress.HIDDEN
                && open.annotations().keySet().stream()
                        .noneMatch(name -> KEEPING.stream().anyMatch(name::contains));
    }

    /** True if something in front tells the gateway who the client is. */
    private static boolean isTold(Mesh mesh, Pod pod) {
        return mesh.config().trustedProxies() > 0
                || mesh.config().readsProxyProtocol()
                || pod.annotations().values().stream().anyMatch(text -> text.contains(TOPOLOGY));
    }

    private static boolean isOnlyDoor(Mesh mesh, Pod pod) {
        return mesh.services().selecting(pod).stream()
                .map(OpenService::new)
                .filter(OpenService::isOpen)
                .allMatch(ClientAddressesKept::isHiding);
    }

    private static Optional<Source> first(Source rule) {
        return Stream.of(
                        AuthorizationValues.of(
                                rule,
                                "from",
                                "source",
                                "ipBlocks",
                                "notIpBlocks",
                                "remoteIpBlocks",
                                "notRemoteIpBlocks"),
                        AuthorizationValues.when(rule, "source.ip"),
                        AuthorizationValues.when(rule, "remote.ip"))
                .flatMap(values -> values)
                .map(AuthorizationValues.Value::source)
                .findFirst();
    }
}
