package io.meshwright.stack;

import io.meshwright.construct.security.Egress;
import io.meshwright.construct.security.EgressGateway;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.environment.Service;
import io.meshwright.value.Name;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.constructs.Construct;

/** Calls of services to hosts outside the mesh, and the gateway through which some of them leave. */
final class ServiceEgress {
    private final Environment environment;
    private final Parties parties;

    ServiceEgress(Environment environment, Parties parties) {
        this.environment = environment;
        this.parties = parties;
    }

    void render(Construct scope, List<NamespaceGuard> guards) {
        if (environment.externals().isEmpty()) {
            return;
        }
        Egress.Builder egress = Egress.Builder.create(scope, "egress")
                .istio(environment.istio().controlPlanes().dialect())
                .guards(guards)
                .enforcement(environment.istio().authorization());
        parties.egressGateway().map(EgressGateway::new).ifPresent(egress::gateway);
        environment.externals().forEach((name, external) -> egress.release(name, external, parties.usersOf(name)));
        egress.build();
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
