package io.meshwright.trace.stage;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DnsCapture;
import io.meshwright.mesh.client.Sidecars.Way;
import io.meshwright.mesh.extension.ProxyPatch;
import io.meshwright.mesh.firewall.NetworkPeer;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualHost;
import io.meshwright.mesh.terms.AddressBlock;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.PathReading;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.terms.UnfilledHost;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.PodNames;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import io.meshwright.value.istio.IstioPorts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * From an application in the cluster through its own sidecar, if it has one: scope, egress and the protocol of the
 * port.
 */
final class OutboundStage {
    /** Networks in which pods and nodes have their addresses (RFC 1918 and RFC 4193). */
    private static final List<String> PRIVATE = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    /**
     * Ports on which sidecars take what iptables redirects to them, which nobody may call (virtualOutbound,
     * virtualInbound).
     */
    private static final Set<Integer> PROXY_PORTS = Set.of(IstioPorts.OUTBOUND.value(), IstioPorts.INBOUND.value());

    private final Mesh mesh;
    private final ExtensionStage extensions;
    private final RouteStage routes;
    private final ConnectionStage connections;
    private final ClusterStage clusters;
    private final NetworkStage network;
    private final PodNames pods;
    private final AmbientNames ambient;
    private final SharedAddresses addresses;

    OutboundStage(
            Mesh mesh,
            ExtensionStage extensions,
            RouteStage routes,
            ConnectionStage connections,
            ClusterStage clusters,
            NetworkStage network) {
        this.mesh = mesh;
        this.pods = new PodNames(mesh.services(), mesh.config());
        this.ambient = new AmbientNames(mesh);
        this.addresses = new SharedAddresses(mesh);
        this.extensions = extensions;
        this.routes = routes;
        this.connections = connections;
        this.clusters = clusters;
        this.network = network;
    }

    private static ProxyPatch.Side outbound(Pod caller) {
        return caller.proxy().isGateway() ? ProxyPatch.Side.GATEWAY : ProxyPatch.Side.SIDECAR_OUTBOUND;
    }

    private boolean allocates(Pod caller, Service entry) {
        return DnsCapture.allocates(caller, entry, mesh.proxyConfigs(), mesh.config(), mesh.version(caller));
    }

    /** The address that a client calls, if it is written or the cluster has given one. */
    private Optional<String> address(Pod caller, Request asked) {
        return AddressBlock.contains("0.0.0.0/0", asked.host()) || AddressBlock.contains("::/0", asked.host())
                ? Optional.of(asked.host())
                : byName(caller, asked.host())
                        .filter(Service::isKubernetes)
                        .filter(service -> service.reach().addresses().size() == 1)
                        .map(service -> service.reach().addresses().get(0));
    }

    /** A whole name may have a dot behind it, with which DNS looks for that name alone. */
    private Request whole(Pod caller, Request written) {
        String bare = HostName.withoutRoot(written.host());
        boolean known = !bare.equals(written.host())
                && (mesh.services().find(bare, caller.namespace()).isPresent()
                        || bare.endsWith(mesh.config().domain())
                                && pods.governing(bare, caller.namespace()).isPresent());
        return known ? written.rooted() : written;
    }

    Path enter(Pod caller, Request written) {
        Request asked = whole(caller, written);
        PathRecorder recorder = PathRecorder.start();
        recorder.at("caller " + caller);
        recorder.step("proxy: " + caller.proxy().why(), caller.source());
        // Listeners and virtual hosts of a headless Service are for its pods' names too (core/httproute.go,
        // generateVirtualHostDomains).
        Optional<Service> headless = pods.governing(asked.host(), caller.namespace());
        headless.ifPresent(
                service -> recorder.step("%s is a pod of %s".formatted(asked.host(), service), service.source()));
        Request request = headless.map(Service::host).map(asked::to).orElse(asked);
        PathReading reading = mesh.paths(caller);
        Arrival arrival = Arrival.inside(request, reading);
        // What goes on shows the name that was called, and not the one by which its listener is found.
        Arrival called = headless.isPresent() ? Arrival.inside(asked, reading) : arrival;
        Truth captured = caller.proxy().isSidecar()
                ? Capture.outbound(caller, request.port(), address(caller, asked))
                : Truth.YES;
        if (captured == Truth.UNKNOWN) {
            recorder.doubt(
                    "whether the proxy of %s gets calls to %s is decided by the address that is called"
                            .formatted(caller, asked.host()),
                    List.of(caller.source()));
        }
        boolean bypasses = captured.isNo();
        if (caller.proxy().inMesh().isNo() || bypasses) {
            // Nobody but the server answers a call that passes by the caller's proxy, whatever goes wrong on the way.
            return uncaptured(
                    recorder,
                    bypasses ? caller.bypassed() : caller,
                    request,
                    called,
                    "the call passes no proxy of the caller");
        }
        if (caller.proxy().isZtunnel()) {
            Discovered.ask(recorder, mesh, caller.namespace());
            return uncaptured(
                    recorder, caller, request, called, "ztunnel carries the bytes and heeds no VirtualService itself");
        }
        Discovered.ask(recorder, mesh, caller.namespace());
        mesh.sidecars()
                .of(caller)
                .flatMap(sidecar -> sidecar.bound(request.port()))
                .ifPresent(listener -> recorder.doubt(
                        "%s has a listener for port %d at an address of its own, and what it takes is not followed"
                                .formatted(listener.manifest(), request.port()),
                        List.of(listener)));
        if (PROXY_PORTS.contains(request.port())) {
            recorder.step("the sidecar keeps port %d for itself".formatted(request.port()), caller.source());
            return recorder.end(new Closed("", "calls to port %d of a proxy are cut off".formatted(request.port())));
        }
        extensions.pass(recorder, caller, outbound(caller), arrival);
        Way addressed = mesh.sidecars().way(caller, request.host(), request.port());
        Optional<Way> neighbour =
                caller.proxy().isSidecar() ? addresses.ofPods(caller, addressed, request.port()) : Optional.empty();
        if (neighbour.isPresent()) {
            recorder.step(
                    "%s has the pods too, and a listener for each of their addresses"
                            .formatted(neighbour.get().service().orElseThrow()),
                    neighbour.get().port().orElseThrow().source());
            return found(recorder, caller, neighbour.get(), request, arrival);
        }
        Optional<Way> own = ofOwnListener(caller, addressed, request, arrival);
        if (own.isPresent()) {
            recorder.step(
                    "the listener of a port that says no protocol is its service's alone, whatever the Host header says",
                    own.get().port().orElseThrow().source());
            return found(recorder, caller, own.get(), request, arrival);
        }
        Optional<VirtualHost> renamed = ofAlias(recorder, caller, addressed, request, arrival);
        if (renamed.isPresent()) {
            unheard(recorder, caller, renamed.get(), request.port());
            return routes.mesh(recorder, caller, renamed.get(), request.port(), arrival);
        }
        Way way = way(caller, addressed, request, arrival);
        way.service()
                .filter(service -> !arrival.opaque())
                .flatMap(service -> mesh.canaries().routing(service.host()))
                .ifPresent(canary -> recorder.doubt(
                        "Flagger makes the routes of %s for %s"
                                .formatted(canary.manifest(), arrival.http().host()),
                        List.of(canary)));
        if (way.service()
                .filter(found -> isPassedBy(caller, found, request.port(), arrival))
                .isPresent()) {
            return passedBy(recorder, caller, way, request, arrival);
        }
        Optional<VirtualHost> named = isOfBytes(caller, addressed, request, arrival) || hasListener(way)
                ? Optional.empty()
                : routes.named(caller, asked(caller, arrival), request.port());
        if (named.isPresent()
                && (way.port().isEmpty()
                        || way.service()
                                .map(service -> !service.host().equals(asked(caller, arrival)))
                                .orElse(true))) {
            unheard(recorder, caller, named.get(), request.port());
            return routes.mesh(recorder, caller, named.get(), request.port(), arrival);
        }
        if (way.isKnown()) {
            return isOfAnotherName(caller, way, request, called)
                    ? strange(recorder, caller, way, request, called)
                    : found(recorder, caller, way, request, called);
        }
        Optional<VirtualHost> routed = arrival.opaque() || isUnheard(caller, asked(caller, arrival), request.port())
                ? Optional.empty()
                : routes.host(recorder, caller, asked(caller, arrival), request.port());
        if (routed.isPresent() && way.service().isEmpty()) {
            unheard(recorder, caller, routed.get(), request.port());
            return routes.mesh(recorder, caller, routed.get(), request.port(), arrival);
        }
        Optional<Service> anywhere = mesh.sidecars().anywhere(caller, request.port(), !arrival.opaque());
        if (anywhere.isPresent()) {
            return captured(recorder, caller, anywhere.get(), request, arrival);
        }
        if (way.isBlocked()) {
            return blocked(recorder, caller, request, arrival);
        }
        Optional<Verdict> proxied = proxied(caller);
        if (proxied.isPresent()) {
            return recorder.end(proxied.get());
        }
        boolean otherName = arrival.isEncrypted() && !arrival.sni().equals(request.host());
        return otherName
                        && byName(caller, request.host())
                                .filter(Service::isKubernetes)
                                .isEmpty()
                ? beyond(recorder, caller, request, arrival)
                : passed(recorder, caller, request, arrival);
    }

    /**
     * The host by which the virtual host is found: from some release on a service has one for its whole name with a dot
     * behind it too (GenerateAltVirtualHosts), and before, as other hosts ever since, none.
     */
    private String asked(Pod caller, Arrival arrival) {
        String host = arrival.http().host();
        String bare = HostName.withoutRoot(host);
        boolean known = !bare.equals(host)
                && mesh.config()
                        .feature(
                                "PILOT_ENABLE_ABSOLUTE_FQDN_VHOST_DOMAIN",
                                mesh.version(caller).knowsRoot())
                && mesh.services().find(bare, caller.namespace()).isPresent();
        return known ? bare : host;
    }

    /**
     * No listener reads HTTP on a port that no service has which the caller knows; another one of the cluster may have
     * it. A service to which routes lead has one only where no Sidecar says for which services there are listeners.
     */
    private void unheard(PathRecorder recorder, Pod caller, VirtualHost host, int port) {
        boolean heard = mesh.sidecars().readsHttpAnywhere(caller, port)
                || mesh.sidecars().of(caller).isEmpty() && leadsToHttp(caller, host, port);
        if (!heard) {
            recorder.doubt(
                    "the proxy of %s reads HTTP on port %d only if it knows a service that has it"
                            .formatted(caller, port),
                    List.of(host.routes().get(0).source()));
        }
    }

    private boolean leadsToHttp(Pod caller, VirtualHost host, int port) {
        return host.routes().stream()
                .flatMap(entry -> entry.route().shares().stream())
                .map(HttpRoute.Share::destination)
                .flatMap(to -> mesh
                        .services()
                        .find(mesh.services().host(to.host(), to.namespace()), caller.namespace(), port)
                        .flatMap(service -> service.port(port))
                        .stream())
                .anyMatch(found -> found.protocol().isHttp());
    }

    private Path found(PathRecorder recorder, Pod caller, Way way, Request request, Arrival arrival) {
        Service service = way.service().orElseThrow();
        ServicePort port = way.port().orElseThrow();
        if (isSentBack(caller, service, request, arrival)) {
            return recorder.end(Unknown.because(
                    "%s has resolution NONE, so a request for it goes to the address of %s, which was called"
                            .formatted(service, request.host())));
        }
        twins(recorder, caller, service, port, arrival);
        Service taking = addresses.taking(
                recorder, caller, service, port, SharedAddresses.Call.of(request.host(), arrival, port));
        ServicePort taken =
                taking.equals(service) ? port : taking.port(port.number()).orElseThrow();
        return known(recorder, caller, taking, taken, request, arrival);
    }

    /** True if a Host header leads to an entry that is called at whatever address was called, which a Service has. */
    private boolean isSentBack(Pod caller, Service service, Request request, Arrival arrival) {
        return !arrival.opaque()
                && isCalledAsItIs(service)
                && !asked(caller, arrival).equals(request.host())
                && resolved(caller, request.host()).isPresent();
    }

    /** Of entries of one host that do not merge the oldest alone counts, unless the call ends the same without it. */
    private void twins(PathRecorder recorder, Pod caller, Service service, ServicePort port, Arrival arrival) {
        boolean goesOnAnyway = arrival.isEncrypted()
                && service.reach().external()
                && service.reach().endpoints().isEmpty()
                && mesh.sidecars().outbound(caller) == MeshConfig.Outbound.ALLOW_ANY
                && !allocates(caller, service);
        if (goesOnAnyway) {
            return;
        }
        mesh.sidecars()
                .mayHide(caller, service, port.number())
                .ifPresent(other -> recorder.doubt(
                        "which of the ServiceEntries for %s was created first decides whether the proxy of %s knows port %d"
                                .formatted(service, caller, port.number()),
                        List.of(port.source(), other.source())));
    }

    /** A block of addresses is told apart from others of its port by the name in TLS besides, whatever was called. */
    private boolean isOfAnotherName(Pod caller, Way way, Request request, Arrival arrival) {
        Service service = way.service().orElseThrow();
        ServicePort port = way.port().orElseThrow();
        List<String> blocks = service.reach().addresses();
        boolean named = blocks.stream().noneMatch(block -> AddressBlock.contains(block, request.host()));
        return arrival.content() == Arrival.Content.TLS
                && port.protocol().isTls()
                && !service.isKubernetes()
                && !blocks.isEmpty()
                && blocks.stream()
                        .filter(block -> named || AddressBlock.contains(block, request.host()))
                        .allMatch(AddressBlock::holdsSeveral)
                && !connections.takesName(caller, service, port, arrival.sni());
    }

    private Path strange(PathRecorder recorder, Pod caller, Way way, Request request, Arrival arrival) {
        recorder.step(
                "%s has a block of addresses, from which it takes no TLS for %s"
                        .formatted(way.service().orElseThrow(), arrival.sni()),
                way.port().orElseThrow().source());
        return way.outbound() == MeshConfig.Outbound.REGISTRY_ONLY
                ? blocked(recorder, caller, request, arrival)
                : outside(recorder, caller, request, arrival);
    }

    /** The routes of an ExternalName Service's own name, which count only on the ports that it declares itself. */
    private Optional<VirtualHost> ofAlias(
            PathRecorder recorder, Pod caller, Way addressed, Request request, Arrival arrival) {
        return isOfBytes(caller, addressed, request, arrival)
                ? Optional.empty()
                : mesh.sidecars()
                        .alias(caller, asked(caller, arrival), request.port())
                        .filter(alias -> alias.port(request.port()).isPresent())
                        .flatMap(alias -> routes.host(recorder, caller, alias.host(), request.port()));
    }

    /**
     * Tells whether HTTP passes by an entry of TCP or TLS that has no address: on its port the listener for all
     * addresses reads HTTP for other services, and leaves it what is none.
     */
    private boolean isPassedBy(Pod caller, Service entry, int port, Arrival arrival) {
        return !arrival.opaque()
                && !entry.isKubernetes()
                && entry.reach().addresses().isEmpty()
                && entry.port(port)
                        .filter(found ->
                                found.protocol().isTcp() || found.protocol().isTls())
                        .isPresent()
                && !allocates(caller, entry)
                && (mesh.sidecars().readsHttpAnywhere(caller, port)
                        || entry.port(port).orElseThrow().protocol().isTls());
    }

    private Path passedBy(PathRecorder recorder, Pod caller, Way way, Request request, Arrival arrival) {
        Service entry = way.service().orElseThrow();
        ServicePort port = entry.port(request.port()).orElseThrow();
        boolean read = mesh.sidecars().readsHttpAnywhere(caller, request.port());
        recorder.step(
                read
                        ? "%s port %d is said to carry %s and has no address, so HTTP is read there as other services' is"
                                .formatted(entry, port.number(), port.protocol())
                        : "%s port %d is read as %s, by the name in TLS alone, and the call has none"
                                .formatted(entry, port.number(), port.protocol()),
                port.source());
        if (way.outbound() == MeshConfig.Outbound.REGISTRY_ONLY) {
            return blocked(recorder, caller, request, read ? arrival : arrival.asBytes());
        }
        recorder.step("the call goes on as it is", policy(caller));
        return port.protocol().isTls()
                ? recorder.end(Speech.plain(entry, port))
                : outside(recorder, caller, request, arrival);
    }

    /**
     * The service whose address is called, where its port says no protocol: its listener knows the routes of that
     * service alone (core/httproute.go, getVirtualHostsForSniffedServicePort).
     */
    private Optional<Way> ofOwnListener(Pod caller, Way called, Request request, Arrival arrival) {
        if (arrival.opaque() || !caller.proxy().isSidecar()) {
            return Optional.empty();
        }
        return hasListener(called)
                        && !mesh.sidecars()
                                .way(caller, asked(caller, arrival), request.port())
                                .service()
                                .equals(called.service())
                ? Optional.of(called)
                : Optional.empty();
    }

    /**
     * HTTP goes by the Host header wherever the connection goes, unless a port of bytes is called, or the name is that
     * of a service with a listener of its own.
     */
    private Way way(Pod caller, Way called, Request request, Arrival arrival) {
        if (isOfBytes(caller, called, request, arrival)) {
            return arrival.isEncrypted() && isByName(called) ? shown(caller, request, called) : called;
        }
        // Where nothing reads HTTP, nothing reads the Host header.
        boolean read =
                mesh.sidecars().of(caller).isEmpty() || mesh.sidecars().readsHttpAnywhere(caller, request.port());
        String asked = asked(caller, arrival);
        if (isUnheard(caller, asked, request.port()) || !read && !asked.equals(request.host())) {
            return called;
        }
        Way named = named(caller, request, arrival);
        Way covering = isReadPassingBy(caller, called, request, arrival)
                ? mesh.sidecars().wayOfHttp(caller, asked, request.port())
                : named;
        return covering.isKnown() ? covering : named;
    }

    /** True if the Host header has no say, since what is called takes the call as bytes. */
    private boolean isOfBytes(Pod caller, Way called, Request request, Arrival arrival) {
        return arrival.opaque()
                || called.port().filter(port -> !port.protocol().mayBeHttp()).isPresent()
                        && !isReadPassingBy(caller, called, request, arrival);
    }

    private boolean isReadPassingBy(Pod caller, Way called, Request request, Arrival arrival) {
        return called.service()
                        .filter(entry -> isPassedBy(caller, entry, request.port(), arrival))
                        .isPresent()
                && mesh.sidecars().readsHttpAnywhere(caller, request.port());
    }

    private Way named(Pod caller, Request request, Arrival arrival) {
        String asked = asked(caller, arrival);
        return asked.equals(request.host())
                ? mesh.sidecars().way(caller, asked, request.port())
                : mesh.sidecars().wayOfHttp(caller, asked, request.port());
    }

    private static boolean hasListener(Way way) {
        return way.port().filter(port -> port.protocol() == Protocol.SNIFFED).isPresent()
                && way.service().filter(Service::hasOwnAddress).isPresent();
    }

    /** True if the service of that name is called by its address alone, since nothing else on the port reads HTTP. */
    private boolean isUnheard(Pod caller, String host, int port) {
        return hasListener(mesh.sidecars().way(caller, host, port))
                && !mesh.sidecars().readsHttpAnywhere(caller, port);
    }

    /** True if no address tells the service from others on its port, so that the name in TLS does. */
    private static boolean isByName(Way way) {
        return way.service()
                        .map(service -> !service.isKubernetes()
                                && service.reach().addresses().isEmpty())
                        .orElse(true)
                && way.port().map(port -> port.protocol().isTls()).orElse(true);
    }

    private Way shown(Pod caller, Request request, Way called) {
        Way named = mesh.sidecars().way(caller, request.serverName(), request.port());
        return named.isKnown() && isByName(named)
                ? named
                : called.isKnown() && !request.serverName().equals(request.host())
                        ? new Way(Optional.empty(), Optional.empty(), called.outbound())
                        : called;
    }

    private Path captured(PathRecorder recorder, Pod caller, Service entry, Request request, Arrival arrival) {
        ServicePort port = mesh.sidecars()
                .way(caller, entry.host(), request.port())
                .port()
                .orElseGet(() -> entry.port(request.port()).orElseThrow());
        recorder.step(
                "an entry without addresses takes all that is called on port %d".formatted(port.number()),
                port.source());
        Optional<Service> called = isCalledAsItIs(entry) ? resolved(caller, request.host()) : Optional.empty();
        return called.isPresent()
                ? straight(recorder, caller, called.get(), request, arrival.asBytes())
                : known(recorder, caller, entry, port, request, arrival);
    }

    /** True if calls to an entry go to whatever address was called. */
    private static boolean isCalledAsItIs(Service entry) {
        return !entry.isKubernetes()
                && entry.reach().endpoints().isEmpty()
                && entry.reach().resolution().equals("NONE");
    }

    private Path known(
            PathRecorder recorder, Pod caller, Service service, ServicePort port, Request request, Arrival arrival) {
        Protocol protocol = port.protocol();
        recorder.step(service + " port " + port.number() + " is read as " + protocol, port.source());
        if (!arrival.opaque()
                && protocol == Protocol.SNIFFED
                && !mesh.sidecars().routes(caller, service, port.number())) {
            String why = "the caller's Sidecar leaves %s out of its listener for port %d, which has the routes"
                    .formatted(service, port.number());
            return recorder.end(new Answered(404, "NR", why));
        }
        if (!arrival.opaque() && protocol.mayBeHttp()) {
            return routes.mesh(recorder, caller, service, port, arrival);
        }
        if (arrival.opaque() && protocol.isHttp()) {
            return unread(recorder, caller, service, port, request, arrival);
        }
        Optional<Verdict> silent =
                protocol == Protocol.SNIFFED ? Speech.silent(arrival, port, caller, mesh.config()) : Optional.empty();
        if (silent.isPresent()) {
            return recorder.end(silent.get());
        }
        if (arrival.content() == Arrival.Content.BYTES && protocol.isTls()) {
            return recorder.end(Unknown.because("the caller sends plaintext to a port that is declared to carry TLS"));
        }
        Service taking = taking(recorder, caller, service, port);
        return connections
                .mesh(recorder, caller, taking, taking.port(port.number()).orElse(port), arrival.asBytes())
                .orElseGet(() -> unnamed(recorder, caller, taking, request, arrival));
    }

    /** TLS for a name that no chain of the listener takes goes on to the address that was called. */
    private Path unnamed(PathRecorder recorder, Pod caller, Service service, Request request, Arrival arrival) {
        if (mesh.sidecars().outbound(caller) == MeshConfig.Outbound.REGISTRY_ONLY) {
            recorder.step("what no route takes is blocked there", policy(caller));
            return recorder.end(new Closed("UH", "no route for the name %s".formatted(arrival.sni())));
        }
        return service.isKubernetes()
                ? straight(recorder, caller, service, request, arrival)
                : recorder.end(
                        Unknown.because("no route takes the name %s, and the caller's proxy may pass it on by address"
                                .formatted(arrival.sni())));
    }

    /**
     * Bytes and TLS fall through the listener for all addresses of a port that carries HTTP (PassthroughFilterChain),
     * and go on to the address that was called.
     */
    private Path unread(
            PathRecorder recorder, Pod caller, Service service, ServicePort port, Request request, Arrival arrival) {
        Optional<Service> entry = mesh.sidecars().anywhere(caller, port.number(), false);
        if (entry.isPresent()) {
            return captured(recorder, caller, entry.get(), request, arrival);
        }
        if (mesh.sidecars().outbound(caller) == MeshConfig.Outbound.REGISTRY_ONLY) {
            recorder.step("what is no HTTP is blocked there", policy(caller));
            return recorder.end(new Closed(
                    "UH",
                    "REGISTRY_ONLY, and the caller sends no plain HTTP, as which port %d of %s is read"
                            .formatted(port.number(), service)));
        }
        Optional<Verdict> proxied = proxied(caller);
        if (proxied.isPresent()) {
            return recorder.end(proxied.get());
        }
        if (service.isKubernetes()) {
            return straight(recorder, caller, service, request, arrival);
        }
        if (allocates(caller, service)) {
            recorder.step("what is no HTTP goes on to the address that istiod gave it", policy(caller));
            return recorder.end(new Closed("UF", "nobody has the address that istiod gave %s".formatted(service)));
        }
        return outside(recorder, caller, request, arrival);
    }

    /** A Sidecar's egressProxy gets all that its proxies do not know; Istio never finished it. */
    private Optional<Verdict> proxied(Pod caller) {
        return mesh.sidecars()
                .of(caller)
                .filter(sidecar -> sidecar.manifest()
                        .at("/spec/outboundTrafficPolicy/egressProxy")
                        .isObject())
                .map(sidecar -> Unknown.because(
                        "%s sends what its proxies do not know through its egressProxy".formatted(sidecar.manifest())));
    }

    /** On to the address of a Service, in plaintext: nothing that a proxy knows of it counts (PassthroughCluster). */
    private Path straight(PathRecorder recorder, Pod caller, Service service, Request request, Arrival arrival) {
        Optional<ServicePort> port = service.port(request.port());
        boolean read = !arrival.opaque() && mesh.sidecars().readsHttpAnywhere(caller, request.port());
        if (port.isEmpty()) {
            String why = "%s has no port %d".formatted(service, request.port());
            return recorder.end(read ? new Answered(503, "UF", why) : new Closed("", why));
        }
        recorder.step("the proxy passes it on to the address that was called, in plaintext", policy(caller));
        return clusters.service(
                recorder,
                caller.passing(),
                service,
                port.get(),
                Optional.empty(),
                arrival.opaque() || read ? arrival : arrival.asBytes());
    }

    /**
     * The service that takes a connection to a port: of entries without addresses the oldest does
     * (mergeTCPFilterChains), and of hosts of one entry the first by name (SortServicesByCreationTime).
     */
    private Service taking(PathRecorder recorder, Pod caller, Service service, ServicePort port) {
        boolean bare = !service.isKubernetes()
                && service.reach().addresses().isEmpty()
                && port.protocol().isTcp()
                && !allocates(caller, service);
        if (!bare) {
            return service;
        }
        Manifest owner = service.source().manifest();
        List<Service> all = mesh.sidecars().bare(caller, port.number(), true);
        all.stream()
                .filter(other ->
                        other.source().manifest() != owner && !other.host().equals(service.host()))
                // Of two entries of one second their hosts decide, which are not their names.
                .filter(other -> !Age.isWritten(owner, other.source().manifest())
                        || Age.ORDER.compare(other.source().manifest(), owner) < 0)
                .findFirst()
                .ifPresent(other -> recorder.doubt(
                        "%s has port %d and no address too, and the older of the two entries takes every connection"
                                .formatted(other, port.number()),
                        List.of(
                                port.source(),
                                other.port(port.number()).orElseThrow().source())));
        Service first = all.stream()
                .filter(other -> other.source().manifest() == owner)
                .findFirst()
                .orElse(service);
        if (!first.host().equals(service.host())) {
            recorder.step(
                    "no address tells the hosts of the entry apart, so %s takes every connection to port %d"
                            .formatted(first, port.number()),
                    service.source());
        }
        return first;
    }

    /** No listener of the port reads HTTP unless some service there does: then bytes are cut off (BlackHoleCluster). */
    private Path blocked(PathRecorder recorder, Pod caller, Request request, Arrival arrival) {
        recorder.step("calls to hosts outside the registry are blocked", policy(caller));
        boolean read = !arrival.opaque() && mesh.sidecars().readsHttpAnywhere(caller, request.port());
        String asked = read ? arrival.http().host() : request.host();
        mesh.services().all().stream()
                .filter(service -> UnfilledHost.mayBe(service.host(), asked))
                .findFirst()
                .ifPresent(service -> recorder.doubt(
                        "the host %s is filled in before it is applied".formatted(service.host()),
                        List.of(service.source())));
        String why = "REGISTRY_ONLY, and the caller's proxy knows no " + asked + " port " + request.port();
        Verdict blocked = read ? new Answered(502, "", why) : new Closed("UH", why);
        // What a Sidecar leaves out is left out whether it is there or not.
        return recorder.end(
                mesh.sidecars().of(caller).isPresent()
                        ? blocked
                        : ClusterName.of(mesh, request.host(), caller.namespace())
                                .map(own -> ClusterStage.unseen(mesh, own, blocked))
                                .orElse(blocked));
    }

    private List<Source> policy(Pod caller) {
        return mesh.sidecars()
                .of(caller)
                .filter(sidecar ->
                        sidecar.manifest().at("/spec/outboundTrafficPolicy").isObject())
                .map(sidecar -> new Source(sidecar.manifest(), "/spec/outboundTrafficPolicy"))
                .or(() -> mesh.config().source().map(source -> source.at("/outboundTrafficPolicy")))
                .map(List::of)
                .orElse(List.of());
    }

    /** A host that the proxy does not know, to whose address it passes everything on as it is. */
    private Path passed(PathRecorder recorder, Pod caller, Request request, Arrival arrival) {
        Optional<Service> written = byName(caller, request.host());
        Optional<Service> hidden = written.flatMap(found -> mesh.services().behind(found, caller.namespace()));
        if (written.isPresent() && hidden.isEmpty()) {
            return aliased(recorder, caller, written.get(), request, arrival);
        }
        if (hidden.filter(Service::isKubernetes).isPresent()) {
            mesh.sidecars()
                    .of(caller)
                    .filter(sidecar -> !mesh.sidecars().knows(caller, hidden.get(), request.port()))
                    .ifPresent(sidecar -> recorder.step(
                            "the caller's Sidecar leaves %s out".formatted(hidden.get()),
                            Source.of(sidecar.manifest()).at("/spec/egress")));
            return straight(recorder, caller, hidden.get(), request, arrival);
        }
        return beyond(recorder, caller, request, arrival);
    }

    /**
     * On to the address that was called; where the caller's proxy answers DNS, that of an entry of the name is one that
     * istiod gave it, and nobody has it outside the entry's ports.
     */
    private Path beyond(PathRecorder recorder, Pod caller, Request request, Arrival arrival) {
        Optional<Service> entry = caller.proxy().isSidecar()
                ? mesh.sidecars().entries(caller, request.host()).stream()
                        .filter(found -> allocates(caller, found))
                        .findFirst()
                : Optional.empty();
        if (entry.isEmpty()) {
            return outside(recorder, caller, request, arrival);
        }
        recorder.step(
                "the proxy answers DNS, and passes the call on to the address that istiod gave %s, since it knows no port %d of it"
                        .formatted(entry.get(), request.port()),
                entry.get().source());
        boolean read = !arrival.opaque() && mesh.sidecars().readsHttpAnywhere(caller, request.port());
        String why = "nobody has the address that istiod gave %s".formatted(entry.get());
        return recorder.end(read ? new Answered(503, "UF", why) : new Closed("UF", why));
    }

    private Path outside(PathRecorder recorder, Pod caller, Request request, Arrival arrival) {
        boolean said = mesh.sidecars().of(caller).stream()
                .anyMatch(sidecar ->
                        sidecar.manifest().at("/spec/outboundTrafficPolicy").isObject());
        if (caller.proxy().isSidecar() && !said && mesh.config().mayLack("/outboundTrafficPolicy/mode")) {
            recorder.doubt(
                    "istiod's chart takes values that are not among the manifests, and they may say REGISTRY_ONLY",
                    mesh.config().source().map(List::of).orElse(List.of()));
        }
        List<Service> aliases = aliases(caller, request.host());
        return aliases.isEmpty()
                ? outside(recorder, caller, request, request.host(), arrival)
                : aliased(recorder, caller, aliases.get(aliases.size() - 1), request, arrival);
    }

    /** An ExternalName Service is a name of DNS alone. */
    private Path aliased(PathRecorder recorder, Pod caller, Service alias, Request request, Arrival arrival) {
        String host = alias.alias().orElse(alias.host());
        recorder.step("%s is another name of %s".formatted(alias, host), alias.source());
        return outside(recorder, caller, request, host, arrival);
    }

    private Path outside(PathRecorder recorder, Pod caller, Request request, String host, Arrival arrival) {
        // A ServiceEntry may have the host of a Service too, whose address DNS gives all the same.
        Optional<Service> served = caller.proxy().isSidecar() ? resolved(caller, host) : Optional.empty();
        if (served.isPresent()) {
            return straight(recorder, caller, served.get(), request, arrival);
        }
        if (pods.mayName(host, caller.namespace())) {
            return recorder.end(Unknown.because(
                    "whether %s is a pod of a headless Service is not among the manifests".formatted(host)));
        }
        Optional<String> own = ClusterName.of(mesh, host, caller.namespace());
        if (own.isPresent()) {
            Closed absent = new Closed("", "the cluster's DNS knows no %s".formatted(host));
            Verdict end = ClusterStage.unseen(mesh, own.get(), absent);
            return recorder.end(
                    end.equals(absent) && ClusterName.mayBeOutside(host)
                            ? new Unknown(
                                    "%s is no Service, and may be a name outside".formatted(host), Optional.of(absent))
                            : end);
        }
        recorder.step("a host outside the registry, called as it is", policy(caller));
        if (PRIVATE.stream().anyMatch(block -> AddressBlock.contains(block, host.replaceAll("[\\[\\]]", "")))) {
            recorder.doubt("who has the address %s is not among the manifests".formatted(host), List.of());
        }
        return recorder.end(network.leaving(recorder, caller, NetworkPeer.outside(), request.port(), arrival)
                .orElseGet(() -> new Delivered(
                        List.of(new DeliveryTarget(host, Optional.empty(), request.port(), 1, List.of())))));
    }

    private Path uncaptured(PathRecorder recorder, Pod caller, Request request, Arrival arrival, String how) {
        recorder.step(how, caller.source());
        Optional<Service> addressed = ambient.at(caller, request.host(), request.port());
        Optional<Service> written = addressed.isPresent()
                ? addressed
                : byName(caller, request.host()).or(() -> ambient.domain(caller, request.host()));
        Optional<Service> service = written.flatMap(found -> mesh.services().behind(found, caller.namespace()));
        if (written.isPresent() && service.isEmpty()) {
            return aliased(recorder, caller, written.get(), request, arrival);
        }
        boolean known = service.filter(found ->
                        found.isKubernetes() || addressed.isPresent() || ambient.knows(recorder, caller, found))
                .isPresent();
        if (!known) {
            return outside(recorder, caller, request, arrival);
        }
        if (addressed.isEmpty()) {
            ambient.weigh(recorder, caller, service.get());
        }
        Optional<ServicePort> port = service.get().port(request.port());
        return port.isPresent()
                ? clusters.service(recorder, caller, service.get(), port.get(), Optional.empty(), arrival)
                : recorder.end(new Closed("", "%s has no port %d".formatted(service.get(), request.port())));
    }

    /** Finds the service that the cluster's DNS has for a name, whoever may see it in the mesh. */
    private Optional<Service> byName(Pod caller, String written) {
        return called(caller, written).findFirst();
    }

    /** Finds the Service whose address the cluster's DNS gives for a name. */
    private Optional<Service> resolved(Pod caller, String written) {
        List<Service> aliases = aliases(caller, written);
        String host = aliases.isEmpty()
                ? written
                : aliases.get(aliases.size() - 1).alias().orElse(written);
        return called(caller, host)
                .filter(service -> service.isKubernetes() && service.alias().isEmpty())
                .findFirst();
    }

    /** The ExternalName Services through which the cluster's DNS leads from a name, until they go in a circle. */
    private List<Service> aliases(Pod caller, String written) {
        Set<Service> aliases = new LinkedHashSet<>();
        Optional<String> host = Optional.of(written);
        while (host.isPresent()) {
            Optional<Service> alias = called(caller, host.get())
                    .filter(Service::isKubernetes)
                    .findFirst()
                    .filter(service -> service.alias().isPresent());
            host = alias.filter(aliases::add).flatMap(Service::alias);
        }
        return List.copyOf(aliases);
    }

    private Stream<Service> called(Pod caller, String written) {
        String completed = HostName.completed(written, mesh.config().domain())
                .orElseGet(() -> mesh.services().host(written, caller.namespace()));
        return Stream.of(completed, written)
                .flatMap(host -> mesh.services().of(host).stream().sorted(AmbientNames.seenFrom(caller.namespace())));
    }
}
