package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.SecureService;
import io.meshwright.construct.delivery.IgnoredDifference;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.construct.security.NamespaceScope;
import io.meshwright.construct.traffic.HostRoutes;
import io.meshwright.environment.Environment;
import io.meshwright.environment.NamespaceSettings;
import io.meshwright.environment.Parties;
import io.meshwright.environment.Service;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Party;
import java.util.ArrayList;
import java.util.List;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The services: what runs, who may call it, what it may call, and which requests of the gateway's hosts lead to it. */
final class ServicesStack extends Chart {
    static final String ID = "services";

    private final Environment environment;
    private final Parties parties;
    private final ServiceEgress egress;
    private final List<NamespaceGuard> guards = new ArrayList<>();
    private final List<ServiceTraffic> traffic = new ArrayList<>();
    private final List<IgnoredDifference> drift = new ArrayList<>();

    ServicesStack(Construct scope, Environment environment, Parties parties, MeshGateway gateway, Url prometheus) {
        super(scope, ID);
        this.environment = environment;
        this.parties = parties;
        this.egress = new ServiceEgress(environment, parties);
        environment.namespaces().forEach(this::namespace);
        parties.egressGateway().ifPresent(pods -> guard(pods.namespace(), true));
        environment.services().forEach(this::service);
        egress.render(this, guards);
        List<HostRoutes> routes = new ServiceRoutes(this, environment, gateway).render();
        traffic.forEach(each -> drift.addAll(each.releasedBy(routes, prometheus)));
    }

    /** What controllers write into these objects. */
    List<IgnoredDifference> drift() {
        return List.copyOf(drift);
    }

    private void namespace(Name namespace, NamespaceSettings settings) {
        if (namespace.equals(Parties.ISTIO_SYSTEM)) {
            return;
        }
        guard(namespace, settings.inject());
        if (settings.inject()) {
            scope(namespace);
        }
    }

    private void guard(Name namespace, boolean inMesh) {
        guards.add(NamespaceGuard.Builder.create(this, "guard-%s".formatted(namespace))
                .namespace(namespace)
                .inMesh(inMesh)
                .prometheus(parties.prometheus())
                .telemetry(List.of(parties.collector()))
                .enforcement(environment.istio().authorization())
                .build());
    }

    private void scope(Name namespace) {
        NamespaceScope.Builder scope = NamespaceScope.Builder.create(this, "scope-%s".formatted(namespace))
                .namespace(namespace)
                .calls(calledFrom(namespace))
                .telemetry(List.of(parties.collector()));
        egress.gatewayFor(namespace).ifPresent(scope::egressGateway);
        scope.build();
    }

    /** Services of other namespaces that pods of this one call. */
    private List<Party> calledFrom(Name namespace) {
        return environment.services().entrySet().stream()
                .filter(entry -> entry.getValue().namespace().equals(namespace))
                .flatMap(entry -> parties.calledBy(entry.getKey()).stream())
                .map(parties::service)
                .filter(called -> !called.namespace().equals(namespace))
                .distinct()
                .toList();
    }

    private void service(Name name, Service service) {
        boolean managed = service.release() != null && service.release().isManaged();
        SecureService.Builder secure = SecureService.Builder.create(this, name.toString())
                .party(parties.service(name))
                .app(service.workload(name.toString()))
                .ports(service.ports())
                .container(Storages.withClass(
                        service.container(), environment.cluster().platform()))
                .replicas(service.scale().replicas())
                .zoned(!environment.cluster().platform().zones().isEmpty())
                .variants(
                        service.release() == null
                                ? List.of()
                                : service.release().variants())
                .scrape(service.metrics())
                .proxyMetadata(service.proxyMetadata())
                .mtls(parties.mtls())
                .guards(guards)
                .preflight(answersBrowsers(service))
                .enforcement(environment.enforcementOf(service));
        for (Caller caller : service.allowFrom()) {
            secure.allow(caller, caller.isGateway() ? parties.gateway() : parties.service(caller.from()));
        }
        if (service.scale().autoscale() != null) {
            secure.autoscaled();
        }
        if (managed) {
            secure.runsElsewhere();
        }
        ServiceTraffic calls = new ServiceTraffic(this, environment, name, service, secure.build());
        calls.render();
        traffic.add(calls);
    }

    private boolean answersBrowsers(Service service) {
        return service.routes().stream()
                .map(route -> environment.gateway().hosts().get(route.host()))
                .anyMatch(policy -> policy != null && policy.cors() != null);
    }
}
