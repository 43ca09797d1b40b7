package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.AddressBlock;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Behind a gateway the other end of the connection is the gateway's pod, whoever the client is: ipBlocks and source.ip
 * with addresses of the internet fit nobody there (istio.io, Authorization Policy, Source; istio/istio#55533).
 */
@AutoService(Inspection.class)
public final class AddressesOfClientsSeen implements Check {
    public static final Rule CLIENT_ADDRESS_UNSEEN = Rule.warning("MESH411", "client_address_unseen")
            .title("A policy of an application asks for addresses of clients, and sees its gateway's alone")
            .consequence("An ALLOW rule admits nobody, a DENY rule by ipBlocks denies nobody, one by notIpBlocks all.")
            .remedy("Ask for them in a policy of the gateway, or before a sidecar by remoteIpBlocks.");

    /** Networks in which pods and nodes have their addresses (RFC 1918, RFC 6598, RFC 4193, RFC 3927, RFC 1122). */
    private static final List<String> INSIDE = List.of(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "169.254.0.0/16",
            "127.0.0.0/8",
            "fc00::/7",
            "fe80::/10");

    @Override
    public List<Rule> rules() {
        return List.of(CLIENT_ADDRESS_UNSEEN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Set<String> routed = new TreeSet<>();
        GatewayRoute.of(mesh).stream()
                .flatMap(route -> route.route().shares().stream())
                .map(HttpRoute.Share::destination)
                .forEach(to -> routed.add(mesh.services().host(to.host(), to.namespace())));
        return mesh.authorizationPolicies().all().stream()
                .filter(policy -> !policy.isDryRun())
                .flatMap(policy -> findings(mesh, policy, routed));
    }

    private static Stream<Finding> findings(Mesh mesh, AuthorizationPolicy policy, Set<String> routed) {
        Optional<Pod> behind = Attachment.pods(policy.manifest(), mesh.pods(), mesh.config()).stream()
                .filter(pod -> pod.proxy().isOfApplication() && isBehindGateway(mesh, pod, routed))
                .findFirst();
        return behind.stream()
                .flatMap(pod -> policy.rules().stream()
                        .flatMap(rule -> foreign(rule.source()).stream())
                        .map(place -> CLIENT_ADDRESS_UNSEEN.at(
                                place,
                                "%s is called by a gateway, whose own address is all that it sees".formatted(pod))));
    }

    /** True if gateways lead to the pod, and no Service of its own is open to the outside. */
    private static boolean isBehindGateway(Mesh mesh, Pod pod, Set<String> routed) {
        List<Service> services = mesh.services().selecting(pod);
        return services.stream().anyMatch(service -> routed.contains(service.host()))
                && services.stream().map(OpenService::new).noneMatch(OpenService::isOpen);
    }

    /** The first of a rule's addresses, if all of them lie outside the networks of pods. */
    private static Optional<Source> foreign(Source rule) {
        List<AuthorizationValues.Value> asked = Stream.concat(
                        AuthorizationValues.of(rule, "from", "source", "ipBlocks", "notIpBlocks"),
                        AuthorizationValues.when(rule, "source.ip"))
                .toList();
        return asked.stream().anyMatch(value -> mayBePod(value.text()))
                ? Optional.empty()
                : asked.stream().map(AuthorizationValues.Value::source).findFirst();
    }

    private static boolean mayBePod(String block) {
        String address = block.split("/")[0];
        // A block may also be so wide that it holds such a network, as 0.0.0.0/0 does.
        return INSIDE.stream()
                .anyMatch(inside ->
                        AddressBlock.contains(inside, address) || AddressBlock.contains(block, inside.split("/")[0]));
    }
}
