package io.meshwright.trace.stage;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Sidecars.Way;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.AddressBlock;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Of several services with one address, the one that takes a call of a sidecar's to it. */
final class SharedAddresses {
    private final Mesh mesh;

    SharedAddresses(Mesh mesh) {
        this.mesh = mesh;
    }

    /**
     * The service that takes the call. One listener has all connections to an address that are not read as HTTP: the
     * oldest service's, and of one entry's hosts the first by name (core/listener.go, SortServicesByCreationTime).
     * Where HTTP is read the name decides, and where that is the address itself, routes.
     */
    Service taking(PathRecorder recorder, Pod caller, Service service, ServicePort port, Call call) {
        List<Service> others = call.addresses(service)
                .map(shared -> mesh.services().sharing(shared, caller.namespace(), port.number()))
                .filter(sharing -> sharing.contains(service))
                .flatMap(List::stream)
                // Services of one pod's address lead to the same pod.
                .filter(other -> !other.isKubernetes() || !service.isKubernetes())
                .filter(other -> !other.host().equals(service.host()))
                .toList();
        return call.bytes()
                ? connected(recorder, caller, service, port, others)
                : asked(recorder, caller, service, port, call, others);
    }

    /**
     * The way of a call to a headless Service whose pods another one has too: for a port that is not said to carry HTTP
     * that one has a listener for each pod's address, which goes before the one for all addresses
     * (buildSidecarOutboundListeners).
     */
    Optional<Way> ofPods(Pod caller, Way called, int port) {
        if (called.service()
                        .map(Service::type)
                        .filter(Service.Type.HEADLESS::equals)
                        .isEmpty()
                || called.port().filter(found -> !found.protocol().isHttp()).isPresent()) {
            return Optional.empty();
        }
        Service service = called.service().orElseThrow();
        Set<Pod> pods = new HashSet<>(mesh.services().pods(service));
        return mesh.services().all().stream()
                .filter(other -> other.type() == Service.Type.HEADLESS
                        && other.namespace().equals(service.namespace())
                        && !other.host().equals(service.host()))
                .filter(other -> other.port(port)
                        .filter(found -> !found.protocol().isHttp() && found.protocol() != Protocol.UDP)
                        .isPresent())
                .filter(other -> !pods.isEmpty() && mesh.services().pods(other).containsAll(pods))
                .sorted(Comparator.comparing(other -> other.source().manifest(), Age.ORDER))
                .map(other -> mesh.sidecars().way(caller, other.host(), port))
                .filter(Way::isKnown)
                .findFirst();
    }

    /** A call to a host, which may be an address; {@code bytes} where the caller's proxy does not read it as HTTP. */
    record Call(String host, String authority, boolean bytes) {
        static Call of(String host, Arrival arrival, ServicePort port) {
            return new Call(
                    host.replaceAll("[\\[\\]]", ""),
                    arrival.http().host().replaceAll("[\\[\\]]", ""),
                    arrival.opaque() || !port.protocol().mayBeHttp());
        }

        private Stream<String> addresses(Service service) {
            List<String> blocks = service.reach().addresses();
            return blocks.stream().anyMatch(block -> AddressBlock.contains(block, host))
                    ? Stream.of(host)
                    : blocks.stream().map(block -> block.split("/")[0]);
        }
    }

    private Service connected(
            PathRecorder recorder, Pod caller, Service service, ServicePort port, List<Service> others) {
        Manifest owner = service.source().manifest();
        List<Service> hosts = Stream.concat(
                        Stream.of(service),
                        others.stream().filter(other -> other.source().manifest() == owner))
                .sorted(Comparator.comparing(Service::host))
                .toList();
        boolean named = port.protocol().isTls() && isNamed(caller, port, hosts);
        Service first = hosts.size() > 1 && !named ? hosts.get(0) : service;
        others.stream()
                .filter(other -> other.source().manifest() == owner
                        ? named && !isOfBlocks(other)
                        : mayGoFirst(other, first, port))
                .findFirst()
                .ifPresent(other -> recorder.doubt(
                        "%s has the address too, and the older of the two takes every connection to port %d of it"
                                .formatted(other, port.number()),
                        List.of(
                                port.source(),
                                other.port(port.number()).orElseThrow().source())));
        if (!first.host().equals(service.host())) {
            recorder.step(
                    "%s has the address too, and takes every connection to port %d of it"
                            .formatted(first, port.number()),
                    service.source());
        }
        return first;
    }

    private static boolean mayGoFirst(Service other, Service service, ServicePort port) {
        Protocol protocol = other.port(port.number()).orElseThrow().protocol();
        Manifest owner = service.source().manifest();
        Manifest rival = other.source().manifest();
        // Names in TLS may tell them apart.
        return !protocol.isHttp()
                && (protocol.isTls()
                        || port.protocol().isTls()
                        || !Age.isWritten(owner, rival)
                        || Age.ORDER.compare(rival, owner) < 0);
    }

    private static boolean isOfBlocks(Service service) {
        return service.reach().addresses().stream().allMatch(AddressBlock::holdsSeveral);
    }

    /** Blocks of addresses take TLS by the name of the host, and single ones do where routes ask for names. */
    private boolean isNamed(Pod caller, ServicePort port, List<Service> hosts) {
        return hosts.stream().allMatch(SharedAddresses::isOfBlocks)
                || mesh.virtualServices().visible(VirtualService.MESH, caller.namespace()).stream()
                        .filter(virtual -> mesh.routing().heeds(caller, virtual, port.number()))
                        .filter(virtual -> virtual.hosts().stream()
                                .anyMatch(host -> hosts.stream().anyMatch(of -> HostName.within(of.host(), host))))
                        .anyMatch(virtual -> !mesh.virtualServices()
                                .connections(virtual, "tls")
                                .isEmpty());
    }

    /** Virtual hosts are made from an unordered map, those with routes of VirtualServices before the others. */
    private Service asked(
            PathRecorder recorder, Pod caller, Service service, ServicePort port, Call call, List<Service> others) {
        if (service.reach().addresses().stream().noneMatch(call.authority()::equals)) {
            return service;
        }
        List<Service> rivals = Stream.concat(Stream.of(service), others.stream())
                .filter(rival -> rival.reach().addresses().contains(call.authority()))
                .filter(rival ->
                        rival.port(port.number()).orElseThrow().protocol().mayBeHttp())
                .toList();
        List<Service> routed = rivals.stream()
                .filter(rival -> mesh.routing()
                        .deciding(caller, rival.host(), port.number())
                        .findFirst()
                        .isPresent())
                .toList();
        Service first = routed.size() == 1 ? routed.get(0) : service;
        if (rivals.size() > 1 && routed.size() != 1) {
            recorder.doubt(
                    "%s has the address too, and nothing tells which of the two gets requests for %s"
                            .formatted(
                                    rivals.stream()
                                            .filter(rival -> !rival.host().equals(service.host()))
                                            .findFirst()
                                            .orElseThrow(),
                                    call.authority()),
                    List.of(port.source()));
        }
        return first;
    }
}
