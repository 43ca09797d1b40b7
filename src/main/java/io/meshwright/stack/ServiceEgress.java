package io.meshwright.stack;

import io.meshwright.construct.security.Egress;
import io.meshwright.construct.security.EgressGateway;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.environment.Service;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.PlainTcp;
import io.meshwright.value.workload.WorkloadIdentity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.constructs.Construct;

/** Calls of services to hosts outside the mesh, and the gateway through which some of them leave. */
final class ServiceEgress {
    private static final Name METADATA = Name.of("metadata-server");
    // Bytes that no proxy changes: it refuses requests that name somebody they were forwarded for.
    private static final PlainTcp SERVER = new PlainTcp(
            Host.of("metadata.google.internal"),
            Port.of(80),
            List.of(IpAddress.of("169.254.169.254")),
            List.of(),
            false);

    private final Environment environment;
    private final Parties parties;

    ServiceEgress(Environment environment, Parties parties) {
        this.environment = environment;
        this.parties = parties;
    }

    void render(Construct scope, List<NamespaceGuard> guards) {
        List<Party> google = ofGoogle();
        if (environment.externals().isEmpty() && google.isEmpty()) {
            return;
        }
        Egress.Builder egress = Egress.Builder.create(scope, "egress")
                .istio(environment.istio().controlPlanes().dialect())
                .guards(guards)
                .enforcement(environment.istio().authorization());
        parties.egressGateway().map(EgressGateway::new).ifPresent(egress::gateway);
        environment.externals().forEach((name, external) -> egress.release(name, external, parties.usersOf(name)));
        if (!google.isEmpty()) {
            egress.release(METADATA, SERVER, google);
        }
        egress.build();
    }

    /** Services whose pods get tokens of Google from their node, unless the file declares that server itself. */
    private List<Party> ofGoogle() {
        boolean declared = environment.externals().values().stream()
                .anyMatch(external -> external.hosts().contains(SERVER.host()));
        return environment.services().entrySet().stream()
                .filter(entry ->
                        !declared && entry.getValue().pod().workloadIdentity() instanceof WorkloadIdentity.Google)
                .map(entry -> parties.service(entry.getKey()))
                .toList();
    }

    /** The egress gateway, if pods of this namespace leave the mesh through it. */
    Optional<Party> gatewayFor(Name namespace) {
        return parties.egressGateway()
                .filter(gateway -> environment.services().values().stream()
                        .filter(service -> service.namespace().equals(namespace))
                        .flatMap(this::externals)
                        .anyMatch(ExternalService::egressGateway));
    }

    private Stream<ExternalService> externals(Service service) {
        return service.uses().stream().map(environment.externals()::get);
    }
}
