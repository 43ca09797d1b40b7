package io.meshwright.construct.security;

import imports.io.istio.security.AuthorizationPolicySpecRulesToOperation;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requests for certain hosts at a gateway, as an AuthorizationPolicy compares them: with the port that a client may
 * send.
 */
final class GatewayHosts {
    private GatewayHosts() {}

    /**
     * Only HTTP ports, because a DENY rule on a TCP port loses its hosts and paths and would refuse every connection
     * there.
     */
    static void requireHttp(Party gateway) {
        Require.that(
                !gateway.httpPorts().isEmpty(),
                "gateway",
                "\"%s\" has no HTTP port".formatted(gateway),
                "give the ports on which its pods listen, such as 8443");
    }

    /**
     * A pattern has one wildcard only, so that {@code *.example.org} with any port behind it cannot be written, and a
     * client that sends a port would slip past a DENY rule.
     */
    static List<Host> exact(List<Host> hosts) {
        for (Host host : hosts) {
            Require.that(
                    !host.isWildcard(),
                    "hosts",
                    "\"%s\" cannot be compared together with a port".formatted(host),
                    "name each host");
        }
        return List.copyOf(hosts);
    }

    static AuthorizationPolicySpecRulesToOperation.Builder operation(Party gateway, List<Host> hosts) {
        AuthorizationPolicySpecRulesToOperation.Builder operation =
                AuthorizationPolicySpecRulesToOperation.builder().ports(AccessPolicy.ports(gateway.httpPorts()));
        return hosts.isEmpty()
                ? operation
                : operation.hosts(hosts.stream()
                        .flatMap(host -> Stream.of(host.toString(), "%s:*".formatted(host)))
                        .toList());
    }
}
