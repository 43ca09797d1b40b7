package io.meshwright.trace.stage;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Ingresses;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.terms.AddressBlock;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.UnfilledHost;
import io.meshwright.mesh.workload.AwsLoadBalancer;
import io.meshwright.mesh.workload.ClientAddress;
import io.meshwright.mesh.workload.EndedTls;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.UnseenGateway;
import io.meshwright.trace.answer.UsualGateway;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From the internet to a gateway's pod: which load balancer has the port, whom it admits, and which address the gateway
 * sees.
 */
final class LoadBalancerStage {
    private static final int MOST_DOORS = 8;

    private final Mesh mesh;
    private final ListenerStage listeners;
    /** Of the ports that were asked for; a thousand services would be gone through for each request. */
    private final Map<Integer, List<Door>> byPort = new ConcurrentHashMap<>();

    private final Map<SelectedPort, Optional<UsualGateway>> usual = new ConcurrentHashMap<>();

    LoadBalancerStage(Mesh mesh, ListenerStage listeners) {
        this.mesh = mesh;
        this.listeners = listeners;
    }

    private static final List<Kind> OF_PODS =
            List.of(Kind.AUTHORIZATION_POLICY, Kind.REQUEST_AUTHENTICATION, Kind.ENVOY_FILTER, Kind.WASM_PLUGIN);

    /** A port of a load balancer or of the nodes, and the gateway's pod and port behind it. */
    private record Door(OpenService service, OpenService.Port port, Pod gateway, int target) {
        Optional<EndedTls> endedTls() {
            return port.onNode() ? Optional.empty() : EndedTls.of(service, port.port());
        }

        boolean takesTls(Request request) {
            return request.isEncrypted()
                    && endedTls().filter(EndedTls::isPlainBehind).isEmpty();
        }
    }

    Path enter(Request request) {
        PathRecorder recorder = PathRecorder.start();
        recorder.at("load balancer");
        List<Source> elsewhere = mesh.ingresses().elsewhere(request.http().host());
        if (!elsewhere.isEmpty()) {
            recorder.doubt(
                    "the ingress controller of class %s has routes for %s too, and DNS decides who answers"
                            .formatted(
                                    Ingresses.className(elsewhere.get(0).manifest()),
                                    request.http().host()),
                    elsewhere);
        }
        List<Door> doors = doors(request);
        if (doors.isEmpty()) {
            boolean installed =
                    mesh.pods().all().stream().anyMatch(pod -> pod.proxy().isGateway());
            Optional<Gateway> unseen =
                    installed ? Optional.empty() : claiming(request).or(() -> listening(request));
            if (unseen.isPresent()) {
                return elsewhere(recorder, unseen.get(), request);
            }
            return recorder.end(past(request)
                    .orElseGet(() -> installed
                            ? new Closed(
                                    "", "no load balancer in front of a gateway has port %d".formatted(request.port()))
                            : Unknown.because(UnseenGateway.WHY)));
        }
        List<Door> serving = doors.stream()
                .filter(door -> listeners.serves(door.gateway(), door.target(), request, door.takesTls(request)))
                .toList();
        List<Door> candidates = serving.isEmpty() ? doors : serving;
        if (candidates.stream().map(Door::gateway).distinct().count() > 1) {
            Optional<Path> same = same(candidates, request, elsewhere);
            return same.orElseGet(() -> recorder.end(
                    Unknown.because("several gateways have port %d open, and DNS decides which of them %s leads to"
                            .formatted(request.port(), request.host()))));
        }
        return through(recorder, candidates.get(0), request);
    }

    /** The way through the first of several gateways, if a request ends alike whichever of them it meets. */
    private Optional<Path> same(List<Door> doors, Request request, List<Source> elsewhere) {
        if (!elsewhere.isEmpty() || doors.size() > MOST_DOORS) {
            return Optional.empty();
        }
        List<Path> paths = doors.stream()
                .map(door -> {
                    PathRecorder recorder = PathRecorder.start();
                    recorder.at("load balancer");
                    return through(recorder, door, request);
                })
                .toList();
        boolean alike = paths.stream()
                        .map(path -> List.of(end(path.verdict()), path.handlings()))
                        .distinct()
                        .count()
                == 1;
        return alike ? Optional.of(paths.get(0)) : Optional.empty();
    }

    /** The end as its client sees it, without the words that name a gateway. */
    private static Object end(Verdict verdict) {
        if (verdict instanceof Answered answered) {
            return List.of(answered.status(), answered.flag());
        }
        return verdict instanceof Closed closed ? closed.flag() : verdict;
    }

    /** Those of the load balancer at the address that is called, if one is known to be there, else all. */
    private List<Door> doors(Request request) {
        List<Door> doors = byPort.computeIfAbsent(request.port(), this::open);
        List<Door> called = doors.stream()
                .filter(door -> door.service().isAt(address(request)))
                .toList();
        return called.isEmpty() ? doors : called;
    }

    private List<Door> open(int number) {
        List<Door> doors = new ArrayList<>();
        for (Service service : mesh.services().all()) {
            OpenService open = new OpenService(service);
            Optional<OpenService.Port> port = open.port(number);
            if (port.isPresent()) {
                mesh.services().pods(service).stream()
                        .filter(pod -> pod.proxy().isGateway())
                        .forEach(pod -> port.get()
                                .port()
                                .on(pod)
                                .ifPresent(target -> doors.add(new Door(open, port.get(), pod, target))));
            }
        }
        return List.copyOf(doors);
    }

    private static String address(Request request) {
        return request.host().replaceAll("[\\[\\]]", "");
    }

    /** Tells how a request ends that meets a port which is open to the outside without a gateway. */
    private Optional<Verdict> past(Request request) {
        return mesh.services().all().stream()
                .filter(service -> service.isWritten() && service.selector().isPresent())
                .filter(service -> new OpenService(service).port(request.port()).isPresent())
                .findFirst()
                .map(service -> Unknown.because(
                        ("%s is open to the outside itself, past the gateways; ask with --from what its callers "
                                        + "inside meet")
                                .formatted(service)));
    }

    /** A Gateway that serves the host on that port. */
    private Optional<Gateway> claiming(Request request) {
        String asked = request.http().host();
        return mesh.gateways().claiming().stream()
                .filter(candidate -> candidate.servers().stream()
                        .anyMatch(server -> server.port() == request.port()
                                && server.hostNames().stream()
                                        .anyMatch(host ->
                                                HostName.within(asked, host) || UnfilledHost.mayBe(host, asked))))
                .findFirst();
    }

    /** A Gateway that has the port open and no server for the host, where all are for usual gateways. */
    private Optional<Gateway> listening(Request request) {
        List<Gateway> all = mesh.gateways().claiming();
        return all.stream().allMatch(gateway -> usual(gateway, request).isPresent())
                ? all.stream()
                        .filter(gateway ->
                                gateway.servers().stream().anyMatch(server -> server.port() == request.port()))
                        .findFirst()
                : Optional.empty();
    }

    /**
     * The gateway that is usually there for a Gateway, where nothing says how Istio is installed and no Service is open
     * itself.
     */
    private Optional<UsualGateway> usual(Gateway gateway, Request request) {
        return usual.computeIfAbsent(
                new SelectedPort(gateway.selector().labels(), request.port()),
                asked -> UsualGateway.of(asked.selector(), asked.port())
                        .filter(found -> mesh.config().source().isEmpty()
                                && !isOpenBeside(asked.port())
                                && !livesElsewhere(found)));
    }

    private record SelectedPort(Map<String, String> selector, int port) {}

    private boolean isOpenBeside(int port) {
        return mesh.services().all().stream()
                .filter(service -> service.isWritten() && service.selector().isPresent())
                .anyMatch(service -> new OpenService(service).isOpenItself(port));
    }

    /** True if somebody writes settings for the pods of such a gateway in another namespace than the usual one. */
    private boolean livesElsewhere(UsualGateway usual) {
        return OF_PODS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .filter(object -> !object.home().equals(usual.namespace())
                        && !object.home().equals(mesh.config().rootNamespace()))
                .anyMatch(object -> {
                    Selector selector = object.kind().equals(Kind.ENVOY_FILTER)
                            ? Selector.labels(object.at("/spec/workloadSelector/labels"))
                            : Attachment.selector(object);
                    return !selector.isEmpty()
                            && usual.labels()
                                    .entrySet()
                                    .containsAll(selector.labels().entrySet());
                });
    }

    /**
     * Follows what the Gateway objects say of a gateway that is installed by somebody else, as if every port of theirs
     * were open.
     */
    private Path elsewhere(PathRecorder recorder, Gateway gateway, Request request) {
        Source selector = Source.of(gateway.manifest()).at("/spec/selector");
        Optional<UsualGateway> usual = usual(gateway, request);
        usual.ifPresentOrElse(
                taken -> recorder.step(taken.sentence(), selector),
                () -> recorder.doubt(UnseenGateway.WHY, List.of(selector)));
        Pod pod = Pod.gateway(
                selector,
                usual.map(UsualGateway::namespace).orElseGet(mesh.config()::rootNamespace),
                usual.map(UsualGateway::name).orElse("istio-ingressgateway"),
                usual.map(UsualGateway::labels).orElse(gateway.selector().labels()));
        return listeners.enter(
                recorder,
                pod,
                request.port(),
                ForwardedProto.heeded(
                        recorder,
                        arrival(request, pod, mesh.config().trustedProxies(), false),
                        mesh.config().trustedProxies(),
                        config()));
    }

    private Path through(PathRecorder recorder, Door door, Request request) {
        Source port = door.port().port().source();
        recorder.step(
                door.port().onNode()
                        ? "port %d of every node leads to port %d of %s"
                                .formatted(request.port(), door.target(), door.gateway())
                        : "port " + request.port() + " of " + door.service().service() + " leads to port "
                                + door.target() + " of " + door.gateway(),
                door.port().onNode() ? port.at("/nodePort") : port);
        int proxies = TrustedProxies.of(mesh, door.gateway());
        List<String> ranges = door.service().ranges();
        if (!ranges.isEmpty() && proxies == 0 && !door.port().onNode()) {
            if (request.clientIp().isEmpty()) {
                return recorder.end(
                        Unknown.because("the load balancer admits some addresses only, and the client's is not given"));
            }
            if (ranges.stream()
                    .noneMatch(range ->
                            AddressBlock.contains(range, request.clientIp().get()))) {
                return recorder.end(new Closed(
                        "",
                        "the load balancer does not admit %s"
                                .formatted(request.clientIp().get())));
            }
        }
        if (proxies > 0) {
            recorder.step(
                    "%d trusted proxies stand in front, so the client's address is read from X-Forwarded-For"
                            .formatted(proxies),
                    config());
        }
        if (proxies == 0) {
            AwsLoadBalancer.of(door.service())
                    .filter(AwsLoadBalancer::hidesByItself)
                    .ifPresent(balancer -> recorder.step(
                            "the load balancer goes on under an address of its own, not the client's",
                            balancer.told()));
        }
        forwarded(recorder, request, proxies);
        Arrival arrival =
                arrival(request, door.gateway(), proxies, door.service().clientAddress() == ClientAddress.KEPT);
        Optional<EndedTls> ended = door.endedTls();
        if (ended.isEmpty()) {
            return listeners.enter(
                    recorder,
                    door.gateway(),
                    door.target(),
                    ForwardedProto.heeded(recorder, arrival, proxies, config()));
        }
        if (!request.isEncrypted()) {
            return recorder.end(
                    Unknown.because("the load balancer takes TLS alone on the port, and the client sends plaintext"));
        }
        if (!ended.get().isPlainBehind()) {
            recorder.doubt(
                    "the load balancer begins TLS of its own, and the name that it shows is not known",
                    List.of(ended.get().source()));
            return listeners.enter(recorder, door.gateway(), door.target(), arrival);
        }
        recorder.step(
                "the load balancer ends TLS and goes on in plain text",
                ended.get().source());
        return listeners.enter(
                recorder,
                door.gateway(),
                door.target(),
                arrival.endedBefore(proxies > 0 && ended.get().forwards()));
    }

    private void forwarded(PathRecorder recorder, Request request, int proxies) {
        if (ForwardedFor.isSent(request.http())) {
            recorder.step(
                    proxies == 0
                            ? "X-Forwarded-For is the client's own and not believed: the connection's address counts"
                            : request.clientIp().isPresent()
                                    ? "X-Forwarded-For is taken for the client's own, which the proxies in front add to"
                                    : "X-Forwarded-For counts from the right as the proxies in front wrote it",
                    config());
        }
    }

    private List<Source> config() {
        return mesh.config().source().map(List::of).orElse(List.of());
    }

    private Arrival arrival(Request request, Pod gateway, int proxies, boolean local) {
        Attribute client = request.clientIp()
                .map(Attribute::known)
                .orElseGet(() -> proxies > 0 ? ForwardedFor.fromRight(request.http(), proxies) : Attribute.unknown());
        // Without externalTrafficPolicy Local the connection may come from a node's address.
        Attribute address = proxies == 0 && local ? client : Attribute.unknown();
        Attribute remote = proxies > 0 ? client : address;
        // A trusted proxy is taken to show a certificate where the gateway asks for one.
        Attribute certificate = proxies > 0 || request.showsCertificate() ? Attribute.unknown() : Attribute.absent();
        return new Arrival(
                request.http(mesh.paths(gateway)),
                request.isBytes(),
                request.token(),
                certificate,
                address,
                remote,
                request.serverName(),
                Arrival.Content.of(request));
    }
}
