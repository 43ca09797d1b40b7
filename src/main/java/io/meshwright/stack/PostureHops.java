package io.meshwright.stack;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.value.Name;
import io.meshwright.value.gateway.GatewayPorts;
import io.meshwright.value.security.ExternalPort;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.security.Hop;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import io.meshwright.value.workload.Scrape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How every party would speak to every port of every service, and how the platform speaks to them. */
final class PostureHops {
    private final Environment environment;
    private final Parties parties;

    PostureHops(Environment environment, Parties parties) {
        this.environment = environment;
        this.parties = parties;
    }

    /** Each client of the cluster's with each service, whether or not somebody declared the call. */
    List<Hop> matrix() {
        MtlsPlan plan = parties.mtls();
        List<Party> clients = new ArrayList<>(List.of(parties.gateway()));
        clients.addAll(parties.services().values());
        clients.add(parties.prometheus());
        return parties.services().values().stream()
                .flatMap(server -> clients.stream()
                        .filter(client -> !client.equals(server))
                        .flatMap(client -> server.ports().stream().map(port -> plan.hop(client, server, port))))
                .toList();
    }

    /** Prometheus at the sidecars, and sidecars at the egress gateway. */
    List<Hop> platform() {
        List<Hop> hops = new ArrayList<>();
        parties.services().values().stream()
                .filter(Party::inMesh)
                .forEach(server -> hops.add(new Hop(
                        parties.prometheus(),
                        server,
                        TargetPort.tcp(Scrape.MERGED_PORT),
                        Hop.Outcome.PLAINTEXT,
                        "pilot-agent gives out the merged metrics beside the sidecar")));
        parties.egressGateway()
                .ifPresent(gateway -> environment.externals().entrySet().stream()
                        .filter(external -> external.getValue().egressGateway())
                        .forEach(external -> hops.addAll(leaving(external, gateway))));
        return hops;
    }

    private List<Hop> leaving(Map.Entry<Name, ExternalService> external, Party gateway) {
        return parties.usersOf(external.getKey()).stream()
                .flatMap(client -> external.getValue().ports().stream()
                        .map(ExternalPort::number)
                        .map(port -> TargetPort.tcp(GatewayPorts.target(port.value())))
                        .map(port -> new Hop(
                                client,
                                gateway,
                                port,
                                Hop.Outcome.MUTUAL_TLS,
                                "the sidecar wraps what leaves for %s".formatted(external.getKey()))))
                .toList();
    }
}
