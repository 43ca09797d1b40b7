package io.meshwright.stack;

import io.meshwright.construct.SecureService;
import io.meshwright.construct.VerticalAutoscaler;
import io.meshwright.construct.Workload;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.traffic.Autoscaling;
import io.meshwright.construct.traffic.Backend;
import io.meshwright.construct.traffic.Claim;
import io.meshwright.construct.traffic.DestinationPolicy;
import io.meshwright.construct.traffic.HostRoutes;
import io.meshwright.construct.traffic.LoadShare;
import io.meshwright.construct.traffic.LocalRateLimit;
import io.meshwright.construct.traffic.ManagedRoutes;
import io.meshwright.construct.traffic.ProgressiveRollout;
import io.meshwright.construct.traffic.RouteTable;
import io.meshwright.construct.traffic.ScaleTarget;
import io.meshwright.environment.AiOps;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.security.Party;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.traffic.RateLimit;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.workload.ServicePort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * Traffic of one service inside the mesh: the policy of its connections, the routes of other services to it, its scale.
 */
final class ServiceTraffic {
    private final Construct scope;
    private final Environment environment;
    private final Name name;
    private final Service service;
    private final SecureService secure;
    private final List<HostRoutes> inside = new ArrayList<>();
    private @Nullable DestinationPolicy connections;

    ServiceTraffic(Construct scope, Environment environment, Name name, Service service, SecureService secure) {
        this.scope = scope;
        this.environment = environment;
        this.name = name;
        this.service = service;
        this.secure = secure;
    }

    void render() {
        Optional<ServicePort> http = service.ports().stream()
                .filter(port -> port.protocol().isHttp())
                .findFirst();
        if (!secure.party().inMesh() || http.isEmpty()) {
            return;
        }
        Backend backend = new Backend(name, service.namespace(), http.get().port());
        connections(backend, secure.party());
        RateLimit limit = environment.resilienceOf(service).rateLimit();
        if (limit != null && limit.enabled()) {
            LocalRateLimit.Builder.create(scope, "limit-%s".formatted(name))
                    .service(backend, secure.party().podLabels())
                    .limit(limit)
                    .build();
        }
        boolean calledInside = service.allowFrom().stream().anyMatch(caller -> !environment.isGateway(caller));
        if (calledInside) {
            inside(backend);
        }
    }

    /**
     * Adds the controller that moves its pods and its weights: Argo Rollouts, an autoscaler, or none.
     *
     * @return the fields of these objects that the controller writes
     */
    List<IgnoredDifference> releasedBy(Collection<HostRoutes> gateway, Url prometheus) {
        Optional<ProgressiveRollout> rollout = Optional.empty();
        if (service.release() instanceof Canary canary && canary.isManaged()) {
            Backend backend = new Backend(
                    name, service.namespace(), service.ports().get(0).port());
            rollout = Optional.of(rollout(
                    canary,
                    Stream.concat(gateway.stream(), inside.stream())
                            .map(routes -> routes.managed(backend))
                            .filter(managed -> !managed.routes().isEmpty())
                            .toList(),
                    prometheus));
        }
        List<ScaleTarget> targets =
                rollout.map(managed -> List.of(managed.scaleTarget())).orElseGet(this::workloads);
        List<IgnoredDifference> written = new ArrayList<>(
                rollout.map(ProgressiveRollout::ignoredDifferences).orElse(List.of()));
        if (service.scale().autoscale() != null) {
            targets.forEach(target -> scaled(target, prometheus).ifPresent(written::add));
        }
        recommend(targets);
        return written;
    }

    /** Adds an autoscaler; returns its minimum, where self-healing moves it. */
    private Optional<IgnoredDifference> scaled(ScaleTarget target, Url prometheus) {
        Autoscaling autoscaling = Autoscaling.Builder.create(scope, "scale-%s".formatted(target.name()))
                .target(target)
                .autoscale(Objects.requireNonNull(service.scale().autoscale()))
                .share(share(target.name()))
                .prometheus(prometheus)
                .build();
        AiOps ahead = environment.aiOps();
        return ahead != null && ahead.healing() != null && ahead.healing().movesMinimum(name)
                ? Optional.of(autoscaling.minimum())
                : Optional.empty();
    }

    /** Of a version, what the routes give it; of all else, everything. */
    private LoadShare share(Name workload) {
        String prefix = service.workloadName(name.toString()).concat("-");
        boolean isVersion = service.release() != null
                && service.release().variants().stream()
                        .anyMatch(variant -> workload.toString().equals(prefix + variant.name()));
        if (!isVersion) {
            return LoadShare.whole(name);
        }
        return Objects.requireNonNull(service.release())
                .share(Name.of(workload.toString().substring(prefix.length())))
                .map(weight -> LoadShare.declared(name, weight.value()))
                .orElseGet(() -> LoadShare.measured(name));
    }

    private void recommend(List<ScaleTarget> targets) {
        if (service.scale().vpa() != null) {
            targets.forEach(target -> VerticalAutoscaler.Builder.create(scope, "advice-%s".formatted(target.name()))
                    .target(target)
                    .container(service.workloadName(name.toString()))
                    .vpa(service.scale().vpa())
                    .inMesh(secure.party().inMesh())
                    .build());
        }
    }

    private List<ScaleTarget> workloads() {
        return secure.workloads().stream().map(Workload::scaleTarget).toList();
    }

    private ProgressiveRollout rollout(Canary canary, List<ManagedRoutes> managed, Url prometheus) {
        return ProgressiveRollout.Builder.create(scope, "rollout-%s".formatted(name))
                .name(Name.of(service.workloadName(name.toString())))
                .namespace(service.namespace())
                .pod(secure.pod())
                .scale(ServicesStack.scale(service))
                .release(canary)
                .routes(managed)
                .destination(Objects.requireNonNull(connections, "a release shares out requests"))
                .prometheus(prometheus)
                .streams(service.streams())
                .build();
    }

    private void connections(Backend backend, Party party) {
        connections = DestinationPolicy.Builder.create(scope, "connections-%s".formatted(name))
                .backend(backend)
                .podLabels(party.podLabels())
                .replicas(service.scale().least())
                .resilience(environment.resilienceOf(service))
                .tls(service.tls())
                .release(service.release())
                .streams(service.routes().stream()
                        .map(Route::stream)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList())
                .istio(environment.istio().controlPlanes().dialect())
                .build();
    }

    /** Calls from other services: the service's own routes for them, and all the rest. */
    private void inside(Backend backend) {
        List<Claim> claims = new ArrayList<>();
        Host host = backend.host();
        for (Route route : service.routes()) {
            if (service.isInner(route, name)) {
                Backend asked = route.port() == null ? backend : new Backend(name, service.namespace(), route.port());
                claims.add(claim(asked, route.at(host)));
            }
        }
        if (claims.stream().noneMatch(claim -> claim.route().path().isRoot())) {
            claims.add(claim(backend, Route.of(host)));
        }
        inside.add(HostRoutes.Builder.create(scope, "calls-%s".formatted(name))
                .name(name)
                .namespace(service.namespace())
                .gateway(HostRoutes.MESH)
                .table(RouteTable.of(host).claims(claims).build())
                .build());
    }

    private Claim claim(Backend backend, Route route) {
        return Claim.of(backend, route, environment.resilienceOf(service), service.release());
    }
}
