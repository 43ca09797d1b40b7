package io.meshwright.stack;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Parties;
import io.meshwright.value.Name;
import io.meshwright.value.gateway.GatewayPorts;
import io.meshwright.value.istio.IstioPorts;
import io.meshwright.value.security.Connection;
import io.meshwright.value.security.ExternalPort;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every hop of the posture page: of each party to each port of each service, and of the platform's own calls. */
final class PostureHops {
    private final Environment environment;
    private final Parties parties;

    PostureHops(Environment environment, Parties parties) {
        this.environment = environment;
        this.parties = parties;
    }

    /** Each client of the cluster's with each service, whether or not somebody declared the call. */
    List<Connection> matrix() {
        MtlsPlan plan = parties.mtls();
        List<Party> clients = environment.gatewayEntries().stream()
                .map(GatewayEntry::pods)
                .collect(Collectors.toCollection(ArrayList::new));
        clients.addAll(parties.services().values());
        parties.prometheus().ifPresent(clients::add);
        return parties.services().values().stream()
                .flatMap(server -> clients.stream()
                        .filter(client -> !client.equals(server))
                        .flatMap(client -> server.ports().stream().map(port -> plan.connection(client, server, port))))
                .toList();
    }

    /** Prometheus at the sidecars, and sidecars at the egress gateway. */
    List<Connection> platform() {
        List<Connection> connections = new ArrayList<>();
        parties.prometheus()
                .ifPresent(prometheus -> parties.services().values().stream()
                        .filter(Party::inMesh)
                        .forEach(server -> connections.add(new Connection(
                                prometheus,
                                server,
                                TargetPort.tcp(IstioPorts.MERGED_METRICS),
                                Connection.Outcome.PLAINTEXT,
                                "pilot-agent gives out the merged metrics beside the sidecar"))));
        parties.egressGateway()
                .ifPresent(gateway -> environment.externals().entrySet().stream()
                        .filter(external -> external.getValue().egressGateway())
                        .forEach(external -> connections.addAll(leaving(external, gateway))));
        return connections;
    }

    private List<Connection> leaving(Map.Entry<Name, ExternalService> external, Party gateway) {
        return parties.usersOf(external.getKey()).stream()
                .flatMap(client -> external.getValue().ports().stream()
                        .map(ExternalPort::number)
                        .map(port -> TargetPort.tcp(GatewayPorts.target(port.value())))
                        .map(port -> new Connection(
                                client,
                                gateway,
                                port,
                                Connection.Outcome.MUTUAL_TLS,
                                "the sidecar wraps what leaves for %s".formatted(external.getKey()))))
                .toList();
    }
}
