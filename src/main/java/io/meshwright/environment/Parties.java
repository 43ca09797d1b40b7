package io.meshwright.environment;

import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import io.meshwright.value.telemetry.MonitoringParts;
import io.meshwright.value.telemetry.OtlpPorts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The parties of calls on one cluster: gateway, services and tools, each with its place, pods and identity. */
public final class Parties {
    public static final Name ISTIO_SYSTEM = IstioNames.ROOT_NAMESPACE;
    public static final Name ISTIO_EGRESS = Name.of("istio-egress");

    private final Environment environment;
    private final Map<Name, Party> services = new LinkedHashMap<>();

    public Parties(Environment environment) {
        this.environment = environment;
        environment.services().forEach((name, service) -> services.put(name, partyOf(name, service)));
    }

    /** The pods of the first gateway. */
    public Party gateway() {
        return environment.gatewayEntries().get(0).pods();
    }

    /** Whoever a service names as its caller: a gateway or a service. */
    public Party caller(Caller caller) {
        return environment.gatewayEntry(caller.from()).map(GatewayEntry::pods).orElseGet(() -> service(caller.from()));
    }

    /** The pods through which calls leave the cluster, named after their Service; empty where no file asks for them. */
    public Optional<Party> egressGateway() {
        if (environment.egressGateway() == null) {
            return Optional.empty();
        }
        Name name = Name.of("istio-egressgateway");
        return Optional.of(Party.meshed(name, Identity.of(ISTIO_EGRESS, name), Map.of("istio", "egressgateway")));
    }

    /**
     * Prometheus, ours or that of others, outside the mesh, because it scrapes merged metrics in plaintext on a port
     * that no sidecar captures; empty where there is none.
     */
    public Optional<Party> prometheus() {
        MonitoringParts parts = environment.observability().parts();
        if (parts.runsPrometheus()) {
            return Optional.of(Party.outsideMesh(
                    Name.of("prometheus"), environment.observability().namespace(), Map.of("app", "prometheus")));
        }
        return parts.existingPrometheus()
                .map(existing -> Party.outsideMesh(existing.service(), existing.namespace(), existing.podLabels()));
    }

    /**
     * The OpenTelemetry Collector, to which sidecars and applications send spans and logs, by gRPC or by HTTP; empty
     * where nobody keeps either.
     */
    public Optional<Party> collector() {
        return environment.observability().parts().collects()
                ? Optional.of(Party.outsideMesh(
                        Name.of("otel-collector"),
                        environment.observability().namespace(),
                        Map.of("app", "otel-collector"),
                        TargetPort.http(OtlpPorts.GRPC.value()),
                        TargetPort.http(OtlpPorts.HTTP.value())))
                : Optional.empty();
    }

    public Party service(Name name) {
        return Objects.requireNonNull(services.get(name), () -> "no service \"%s\"".formatted(name));
    }

    /** All services by name, in the order of the file. */
    public Map<Name, Party> services() {
        return services;
    }

    /** Services that the named one calls. */
    public List<Name> calledBy(Name caller) {
        return environment.services().entrySet().stream()
                .filter(entry -> entry.getValue().allowFrom().stream()
                        .anyMatch(each -> each.from().equals(caller)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Services, and Kiali, that call the named host outside the mesh. */
    public List<Party> usersOf(Name external) {
        Stream<Party> users = environment.services().entrySet().stream()
                .filter(entry -> entry.getValue().uses().contains(external))
                .map(entry -> services.get(entry.getKey()));
        return Stream.concat(users, kialiAsking(external).stream()).toList();
    }

    /** Kiali, where its chat asks a model behind the named host. */
    private Optional<Party> kialiAsking(Name external) {
        AiOps aiOps = environment.aiOps();
        return aiOps == null || aiOps.kialiChat() == null
                ? Optional.empty()
                : AssistantService.external(
                                Optional.ofNullable(
                                        aiOps.models().get(aiOps.kialiChat().model())),
                                environment.externals())
                        .filter(external::equals)
                        .map(asked -> kiali());
    }

    private Party kiali() {
        Observability observability = environment.observability();
        Name home = observability.kiali().namespace() == null
                ? observability.namespace()
                : observability.kiali().namespace();
        Name name = Name.of("kiali");
        return Party.meshed(name, Identity.of(home, name), Map.of("app", name.toString()));
    }

    /** The mesh's modes, exceptions and plaintext by choice, as one value. */
    public MtlsPlan mtls() {
        MtlsPlan plan = MtlsPlan.of(environment.istio().mtls());
        for (var namespace : environment.namespaces().entrySet()) {
            if (namespace.getValue().mtls() != null) {
                plan = plan.withNamespace(
                        namespace.getKey(), namespace.getValue().mtls());
            }
        }
        for (var exception : environment.istio().exceptions()) {
            plan = plan.withException(service(exception.service()), exception);
        }
        for (var service : environment.services().entrySet()) {
            if (service.getValue().callsInPlaintext()) {
                plan = plan.withPlaintextTo(service(service.getKey()));
            }
        }
        return plan;
    }

    private Party partyOf(Name name, Service service) {
        Map<String, String> labels = service.podLabels(name);
        TargetPort[] ports = TargetPort.behind(service.ports()).toArray(TargetPort[]::new);
        return environment.isInMesh(service)
                ? Party.meshed(name, Identity.of(service.namespace(), service.serviceAccount(name)), labels, ports)
                : Party.outsideMesh(name, service.namespace(), labels, ports);
    }
}
