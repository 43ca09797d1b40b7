package io.meshwright.trace.stage;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.OutboundClusters.Target;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.waypoint.NameLookup;
import io.meshwright.mesh.waypoint.Waypoint;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From a destination to pods: the service in the registry, its port, the DestinationRule and the subset. */
final class ClusterStage {
    private static final int BROKEN_REFERENCE = 500;
    private static final String INFERENCE_POOL = "InferencePool";

    private final Mesh mesh;
    private final NetworkStage network;
    private final NextProxy next;

    ClusterStage(Mesh mesh, NetworkStage network, NextProxy next) {
        this.mesh = mesh;
        this.network = network;
        this.next = next;
    }

    /** {@code listenerPort} is the port of a destination that names none, if its service has several. */
    Path enter(PathRecorder recorder, Pod client, Destination destination, int listenerPort, Arrival arrival) {
        String host = mesh.services().host(destination.host(), destination.namespace());
        begin(recorder, client);
        // Only what comes to a gateway needs a grant; a route on a service of the mesh does not.
        if (client.proxy().isGateway() && !mesh.referenceGrants().admit(destination)) {
            recorder.step("no ReferenceGrant lets the route lead to %s".formatted(host), destination.source());
            return recorder.end(absent(client, arrival, destination, "the route may not lead to %s".formatted(host)));
        }
        if (destination.isOfGatewayApi() && host.isEmpty()) {
            return recorder.end(other(client, destination, arrival));
        }
        boolean stands = client.proxy().isGateway() || client.proxy().isWaypoint();
        Target target =
                mesh.outboundClusters().of(destination, client.namespace(), listenerPort, !stands && !arrival.opaque());
        List<Source> decidedBy = Stream.concat(Stream.of(destination.source()), target.sources().stream())
                .toList();
        if (target.port().isEmpty()) {
            recorder.step(target.why(), decidedBy);
            return recorder.end(missing(client, target, arrival, destination));
        }
        target.alias()
                .ifPresent(alias -> recorder.step("%s stands for %s".formatted(alias, target.host()), alias.source()));
        Service service = target.service().orElseThrow();
        passedOn(recorder, client, service, arrival);
        // A route to another name adds that name alone, which has no cluster.
        boolean led = !client.proxy().isSidecar()
                || (target.alias().isPresent()
                        ? mesh.sidecars().knows(client, service, target.number())
                        : mesh.sidecars().leadsTo(client, service, target.number(), listenerPort))
                || isLedToElsewhere(client, destination, service);
        if (!led) {
            String why = "the caller's Sidecar leaves %s out, and the route alone adds no cluster for its port %d"
                    .formatted(service, target.number());
            recorder.step(why, decidedBy);
            return recorder.end(absent(client, arrival, destination, why));
        }
        return service(recorder, client, service, target.port().get(), destination.subset(), arrival);
    }

    /** True if a route of another VirtualService leads to a service too, which may be why the proxy has a cluster. */
    private boolean isLedToElsewhere(Pod client, Destination destination, Service service) {
        return mesh.virtualServices().visible(VirtualService.MESH, client.namespace()).stream()
                .filter(other -> other.manifest() != destination.source().manifest())
                .flatMap(other -> mesh.virtualServices().routes(other).stream())
                .flatMap(route -> route.destinations().stream())
                .anyMatch(other ->
                        mesh.services().host(other.host(), other.namespace()).equals(service.host()));
    }

    /** A sidecar's cluster for a headless Service has no endpoints, and goes on to the address that was called. */
    private void passedOn(PathRecorder recorder, Pod client, Service service, Arrival arrival) {
        boolean original = client.proxy().isSidecar()
                && service.type() == Service.Type.HEADLESS
                && !mesh.config().tellsEndpointsOfHeadless();
        if (!original) {
            return;
        }
        String host = arrival.http().host();
        Optional<Service> called = NamedEndpoint.names(mesh, client, host)
                .flatMap(name -> mesh.services().visible(name, client.namespace()).stream())
                .findFirst();
        // Another headless Service may have the same pods.
        boolean elsewhere = called.map(other -> other != service
                        && other.type() != Service.Type.HEADLESS
                        && other.alias().filter(service.host()::equals).isEmpty())
                .orElse(!host.isEmpty());
        if (elsewhere) {
            recorder.doubt(
                    "a sidecar sends what is for headless %s on to the address that was called, which is that of %s"
                            .formatted(service, called.map(Service::toString).orElse(host)),
                    Stream.concat(Stream.of(service), called.stream())
                            .map(Service::source)
                            .toList());
        }
    }

    /** A backend that is no service: istiod knows one kind of them at most. */
    private Verdict other(Pod client, Destination destination, Arrival arrival) {
        String kind = destination.source().value().path("kind").asText();
        return kind.equals(INFERENCE_POOL) && mesh.version(client).knowsMoreBackends()
                ? Unknown.because("the route leads to something else than a service, which is not followed")
                : absent(client, arrival, destination, "Istio knows no backends of kind %s".formatted(kind));
    }

    /** Istio lets Envoy answer 500 where a route of the Gateway API leads nowhere (applyHTTPRouteDestination). */
    private static Verdict absent(Pod client, Arrival arrival, Destination destination, String why) {
        return destination.isOfGatewayApi() && !arrival.opaque()
                ? new Answered(BROKEN_REFERENCE, "NC", why)
                : Failures.of(client, arrival, "NC", why);
    }

    private Verdict missing(Pod client, Target target, Arrival arrival, Destination destination) {
        boolean known = target.service().isPresent()
                || !mesh.services().of(target.host()).isEmpty();
        if (known) {
            return absent(client, arrival, destination, target.why());
        }
        if (mesh.externals().hasHost(target.host())) {
            return Unknown.because("the host %s is declared, but not what is behind it".formatted(target.host()));
        }
        if (mesh.experiments().make(target.host())) {
            return Unknown.because("%s is there while an experiment of Argo Rollouts runs".formatted(target.host()));
        }
        return unseen(mesh, target.host(), absent(client, arrival, destination, target.why()));
    }

    /** The end where a host is no service, unless a chart may make it, or nothing tells of those of its namespace. */
    static Verdict unseen(Mesh mesh, String host, Verdict absent) {
        return mesh.canaries()
                .making(host)
                .<Verdict>map(canary -> Unknown.because("Flagger makes %s for %s".formatted(host, canary.manifest())))
                .or(() -> mesh.otherCharts()
                        .behind(host)
                        .map(chart ->
                                Unknown.because("%s may be made by the chart of %s".formatted(host, named(chart)))))
                .or(() -> mesh.services()
                        .unseen(host)
                        .map(namespace -> new Unknown(
                                "the services of namespace %s are not among the manifests".formatted(namespace),
                                Optional.of(absent))))
                .or(() -> made(mesh, host)
                        .map(maker -> new Unknown(
                                "%s may be made from %s".formatted(host, maker.manifest()), Optional.of(absent))))
                .orElse(absent);
    }

    /** A file of helmfile or Kustomize has no name of its own. */
    private static String named(Source installer) {
        Manifest manifest = installer.manifest();
        return manifest.name().isEmpty() ? manifest.place().file() : manifest.toString();
    }

    /** The custom resource from which an operator may make the Service of a host. */
    private static Optional<Source> made(Mesh mesh, String host) {
        String suffix = ".svc.".concat(mesh.config().domain());
        String name = host.endsWith(suffix) ? host.substring(0, host.length() - suffix.length()) : "";
        return mesh.operators().within(name.substring(name.lastIndexOf('.') + 1));
    }

    private static void begin(PathRecorder recorder, Pod client) {
        if (recorder.isEmpty()) {
            recorder.at("cluster of " + client);
        }
    }

    /** The pods of a service, by the subset that a route chose. */
    Path service(
            PathRecorder recorder,
            Pod client,
            Service service,
            ServicePort port,
            Optional<String> subset,
            Arrival arrival) {
        begin(recorder, client);
        recorder.step("service " + service + " port " + port.number(), port.source());
        if (!client.proxy().inMesh().isNo()) {
            Discovered.ask(recorder, mesh, service.namespace());
        }
        boolean reads = !client.proxy().inMesh().isNo() && !client.proxy().isZtunnel();
        Optional<DestinationRule> rule =
                !reads ? Optional.empty() : mesh.destinationRules().seenBy(Client.of(client), service);
        rule.ifPresent(found -> recorder.step("DestinationRule for " + found.host(), found.source()));
        if (reads
                && !client.proxy().isWaypoint()
                && NameLookup.isAsked(service)
                && !(subset.isEmpty() && NameLookup.isMade(service, port, mesh.version(client)))) {
            // A single host has a cluster, which nobody fills.
            boolean empty = mesh.version(client).looksUpNamesInProxies() && !HostName.isWildcard(service.host());
            return recorder.end(Failures.of(
                    client,
                    arrival,
                    empty ? "UH" : "NC",
                    "the proxy of %s looks no names up for port %d of %s".formatted(client, port.number(), service)));
        }
        Optional<DestinationRule.Subset> chosen = rule.flatMap(found -> subset.map(found.subsets()::get));
        if (subset.isPresent() && chosen.isEmpty()) {
            recorder.step(
                    "no subset %s there".formatted(subset.get()),
                    rule.map(found -> List.of(found.source())).orElse(List.of()));
            return recorder.end(
                    Failures.of(client, arrival, "NC", "no subset %s of %s".formatted(subset.get(), service)));
        }
        chosen.ifPresent(found -> recorder.step("subset " + found.name(), found.source()));
        tunnelled(recorder, client, service, port, rule);
        Optional<Pod> waypoint = WaypointStage.before(recorder, mesh.waypoints().between(client, service));
        if (waypoint.isPresent()) {
            return next.waypoint(recorder, client, waypoint.get(), port, arrival);
        }
        Selector labels = chosen.map(DestinationRule.Subset::selector).orElse(Selector.of(Map.of()));
        Optional<Source> upgraded = WebSockets.upgraded(
                client, port, rule.map(found -> found.policy(port.number(), subset)), arrival, mesh.config());
        upgraded.ifPresent(reason -> recorder.step("HTTP/2 is spoken to the service", reason));
        return endpoints(
                recorder, new NetworkStage.Connection(client, service, port, subset, upgraded), labels, arrival);
    }

    /** A DestinationRule's TLS goes beside tunnels, or inside them where the one who reads it does not expect it. */
    private void tunnelled(
            PathRecorder recorder, Pod client, Service service, ServicePort port, Optional<DestinationRule> rule) {
        boolean entered = client.proxy().isGateway()
                && mesh.waypoints()
                        .between(client, service)
                        .filter(found -> found.effect() == Waypoint.Effect.PASSED)
                        .isPresent();
        boolean foreign = client.proxy().isWaypoint()
                && client.serving().filter(own -> own != service).isPresent();
        rule.filter(found -> entered || foreign)
                .map(found -> found.policy(port.number(), Optional.empty()))
                .filter(policy ->
                        !policy.tls().path("mode").asText("ISTIO_MUTUAL").equals("ISTIO_MUTUAL"))
                .flatMap(policy -> policy.source("tls"))
                .ifPresent(tls -> recorder.doubt(
                        "what TLS of a DestinationRule makes of tunnels to %s is not followed".formatted(service),
                        List.of(tls)));
    }

    /** The flag of a cluster without endpoints: one that asks DNS is left out instead (buildCluster). */
    private static String deserted(Service service) {
        return service.reach().resolution().startsWith("DNS") ? "NC" : "UH";
    }

    private Path endpoints(PathRecorder recorder, NetworkStage.Connection named, Selector labels, Arrival arrival) {
        Service service = named.service();
        if (service.selector().isEmpty()) {
            return outside(recorder, named, labels, arrival);
        }
        NetworkStage.Connection connection = isDirect(named) ? direct(recorder, named) : named;
        List<Pod> pods = mesh.services().pods(service).stream()
                .filter(pod -> pod.isSelectedBy(labels))
                .filter(pod -> pod.replicas().orElse(1) > 0
                        && connection.port().on(pod).isPresent())
                .toList();
        if (pods.isEmpty()) {
            recorder.step(
                    "no pod is selected that hears the target port %s"
                            .formatted(connection.port().target()),
                    service.source());
            made(service)
                    .ifPresent(maker -> recorder.doubt(
                            "the pods behind %s are not among the manifests".formatted(service), List.of(maker)));
            return recorder.end(Failures.of(
                    connection.client(),
                    arrival,
                    connection.client().proxy().isPassing() ? "UF" : deserted(service),
                    "no pods behind %s%s"
                            .formatted(
                                    service,
                                    connection
                                            .subset()
                                            .map(" subset %s"::formatted)
                                            .orElse(""))));
        }
        return network.enter(recorder, connection, pods, arrival);
    }

    /**
     * The maker of pods for a Service that selects none of those given: a chart or an operator may be it, and without
     * any workload of its namespace anybody.
     */
    private Optional<Source> made(Service service) {
        if (!mesh.services().pods(service).isEmpty()) {
            return Optional.empty();
        }
        String home = service.namespace();
        boolean told =
                mesh.pods().all().stream().anyMatch(pod -> pod.namespace().equals(home));
        return mesh.otherCharts()
                .within(home)
                .or(() -> mesh.operators().within(home))
                .or(() -> told ? Optional.empty() : Optional.of(service.source()));
    }

    /**
     * A headless Service is called at the addresses of its pods, whose port is then the called one; gateways are told
     * its endpoints all the same, and waypoints those of every service (convertResolution).
     */
    private boolean isDirect(NetworkStage.Connection connection) {
        Pod client = connection.client();
        boolean told = client.proxy().isGateway()
                || client.proxy().isWaypoint()
                || client.proxy().isSidecar() && mesh.config().tellsEndpointsOfHeadless();
        return connection.service().type() == Service.Type.HEADLESS && !told;
    }

    private NetworkStage.Connection direct(PathRecorder recorder, NetworkStage.Connection connection) {
        ServicePort port = connection.port();
        mesh.services().pods(connection.service()).stream()
                .filter(pod -> !port.isHeardItself(pod))
                .findFirst()
                .ifPresent(pod -> recorder.doubt(
                        "a headless Service is called at port %d of its pods, and whether %s hears there is not among the manifests"
                                .formatted(port.number(), pod),
                        List.of(port.source())));
        return new NetworkStage.Connection(
                connection.client(), connection.service(), port.itself(), connection.subset(), connection.upgraded());
    }

    /** A host outside the mesh, or a Service whose endpoints somebody writes. */
    private Path outside(PathRecorder recorder, NetworkStage.Connection connection, Selector labels, Arrival arrival) {
        Service service = connection.service();
        if (service.isKubernetes() && service.reach().endpoints().isEmpty()) {
            return recorder.end(Unknown.because(
                    "who is behind %s, which selects no pods, is not among the manifests".formatted(service)));
        }
        if (connection.client().proxy().isGateway() && mesh.services().isUnresolved(service)) {
            recorder.step("resolution NONE means the address that the client called", service.source());
            return recorder.end(Failures.of(
                    connection.client(), arrival, "UH", "a gateway knows no address of %s".formatted(service)));
        }
        Pod caller = connection.client();
        if (caller.proxy().isZtunnel()
                && mesh.services().isUnresolved(service)
                && !mesh.version(caller).passesOnInAmbient()) {
            recorder.step("up to 1.27 a ztunnel knows nobody behind an entry of resolution NONE", service.source());
            return recorder.end(
                    Failures.of(caller, arrival, "UH", "the ztunnel knows no address of %s".formatted(service)));
        }
        if (mesh.services().isDeserted(service)) {
            recorder.step("STATIC, and no endpoint is listed", service.source());
            return recorder.end(
                    Failures.of(connection.client(), arrival, "UH", "no endpoints behind %s".formatted(service)));
        }
        if (!labels.isEmpty() && service.isKubernetes()) {
            recorder.doubt(
                    "which of the written endpoints of %s have the labels of the subset is not known"
                            .formatted(service),
                    List.of(service.source()));
        } else if (!labels.isEmpty() && !service.reach().isMet(labels)) {
            recorder.step("no endpoint there carries %s".formatted(labels.labels()), service.source());
            return recorder.end(Failures.of(
                    connection.client(),
                    arrival,
                    deserted(service),
                    "no endpoints behind %s subset %s"
                            .formatted(service, connection.subset().orElse(""))));
        }
        EndpointWays ways = EndpointWays.of(mesh, connection, labels);
        return ways.leadInside() ? divided(recorder, connection, ways, arrival) : abroad(recorder, connection, arrival);
    }

    /** The endpoints share the calls, of which some may lead to Services of the cluster. */
    private Path divided(
            PathRecorder recorder, NetworkStage.Connection connection, EndpointWays ways, Arrival arrival) {
        Path path = recorder.fork(ways.all(), ways::part, EndpointWays::label, way -> rest -> {
            begin(rest, connection.client());
            return way.map(named -> named(rest, connection, named, arrival))
                    .orElseGet(() -> abroad(rest, connection, arrival));
        });
        return ways.isEven() || !(path.verdict() instanceof Verdict.Split)
                ? path
                : new Path(
                        path.hops(),
                        path.handlings(),
                        path.branches(),
                        new Unknown(
                                "which part of the calls each endpoint of %s gets is not known"
                                        .formatted(connection.service()),
                                Optional.of(path.verdict())));
    }

    private Path abroad(PathRecorder recorder, NetworkStage.Connection connection, Arrival arrival) {
        Service service = connection.service();
        TlsOutcome tls = mesh.clientTls().outcome(connection.client(), service, connection.port(), connection.subset());
        recorder.step(tls.sentence(), tls.decidedBy());
        Optional<Verdict> end = network.leaving(recorder, connection, arrival);
        if (end.isPresent()) {
            return recorder.end(end.get());
        }
        if (tls instanceof TlsOutcome.Broken broken) {
            return recorder.end(Failures.of(
                    connection.client(),
                    arrival,
                    broken.failure().flag(),
                    broken.failure().sentence()));
        }
        Optional<Path> prefaced = PrefacedCalls.end(recorder, mesh, connection, arrival);
        if (prefaced.isPresent()) {
            return prefaced.get();
        }
        Verdict delivered = new Delivered(List.of(new DeliveryTarget(
                service.host(), connection.subset(), connection.port().number(), 1, List.of())));
        Optional<Verdict> amiss = Speech.amiss(arrival, tls, service, connection.port())
                .or(() -> connection.upgraded().map(reason -> WebSockets.outside(connection)))
                .or(() -> GrpcCalls.lowered(mesh, connection, tls, arrival))
                .or(() -> RaisedCalls.raised(mesh, connection, tls, arrival));
        return recorder.end(amiss.orElseGet(() -> tls instanceof TlsOutcome.Unknown unknown
                ? new Unknown(unknown.why(), Optional.of(delivered))
                : delivered));
    }

    /** A host whose endpoint is the name of a Service. */
    private Path named(
            PathRecorder recorder, NetworkStage.Connection connection, NamedEndpoint named, Arrival arrival) {
        recorder.step("DNS leads to %s port %d".formatted(named.service(), named.number()), named.sources());
        Optional<ServicePort> heard = named.heard(connection.port());
        List<Pod> pods = heard.map(port -> named.pods(mesh, port)).orElse(List.of());
        if (pods.isEmpty()) {
            return recorder.end(Failures.of(
                    connection.client(),
                    arrival,
                    "UF",
                    "nobody hears port %d of %s, so connecting fails".formatted(named.number(), named.service())));
        }
        NetworkStage.Connection behind = new NetworkStage.Connection(
                connection.client(), connection.service(), heard.get(), connection.subset(), connection.upgraded());
        return network.enter(recorder, behind, pods, arrival);
    }
}
