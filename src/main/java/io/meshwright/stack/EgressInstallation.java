package io.meshwright.stack;

import io.meshwright.construct.delivery.chart.Replicas;
import io.meshwright.construct.delivery.istio.GatewayPod;
import io.meshwright.construct.delivery.istio.GatewayPort;
import io.meshwright.construct.delivery.istio.GatewayService;
import io.meshwright.construct.delivery.istio.GatewayValues;
import io.meshwright.environment.EgressGateway;
import io.meshwright.environment.Environment;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.gateway.GatewayPorts;
import io.meshwright.value.security.ExternalPort;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The egress gateway's pods and the Service before them, inside the cluster only, as Istio's gateway chart installs
 * them.
 */
final class EgressInstallation {
    private final Environment environment;
    private final EgressGateway settings;
    private final Party pods;

    EgressInstallation(Environment environment, Party pods) {
        this.environment = environment;
        this.settings = Objects.requireNonNull(environment.egressGateway(), "pods without settings");
        this.pods = pods;
    }

    GatewayValues values(IstioRelease istio, Optional<Name> injectedBy) {
        GatewayService service = new GatewayService(
                "ClusterIP", ports(), new TreeMap<>(), Optional.empty(), List.of(), Optional.empty());
        return new GatewayValues(
                istio,
                injectedBy,
                GatewayPod.of(pods.name(), pods.name()),
                service,
                Replicas.fixed(settings.replicas()),
                settings.resources());
    }

    /** One for each port of the hosts behind it; sidecars wrap whatever goes there in TLS. */
    private List<GatewayPort> ports() {
        return environment.externals().values().stream()
                .filter(ExternalService::egressGateway)
                .flatMap(external -> external.ports().stream())
                .map(ExternalPort::number)
                .map(Port::value)
                .distinct()
                .sorted()
                .map(port -> GatewayPort.of("tls-%d".formatted(port), port, GatewayPorts.target(port)))
                .toList();
    }
}
