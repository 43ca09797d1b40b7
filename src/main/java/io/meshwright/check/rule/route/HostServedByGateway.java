package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A gateway serves a route's host only where one of its servers lists it, or a wildcard around it, for the route's
 * namespace.
 */
@AutoService(Inspection.class)
public final class HostServedByGateway implements Check {
    public static final Rule HOST_NOT_SERVED = Rule.warning("MESH126", "host_not_served")
            .title("A gateway does not serve a host of a route that is bound to it")
            .twins("IST0132")
            .restingOn(Kind.GATEWAY, Kind.API_GATEWAY)
            .consequence("The gateway answers 404 for the host.")
            .remedy("Add the host to a server of the Gateway, or take it out of the route.");

    @Override
    public List<Rule> rules() {
        return List.of(HOST_NOT_SERVED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                mesh.virtualServices().all().stream()
                        .filter(service -> !service.isDelegate())
                        .flatMap(service -> Stream.of(
                                        bindings(mesh, service), listeners(mesh, service), hosts(mesh, service))
                                .flatMap(findings -> findings)),
                mesh.unservedHostnames().stream().map(HostServedByGateway::hostname));
    }

    private static Finding hostname(Source hostname) {
        return HOST_NOT_SERVED.at(
                hostname,
                "no listener that takes the route is for \"%s\", so requests for it get 404"
                        .formatted(hostname.value().asText()));
    }

    /** Gateways that serve none of the hosts. */
    private static Stream<Finding> bindings(Mesh mesh, VirtualService service) {
        return IntStream.range(0, service.gateways().size())
                .boxed()
                .flatMap(index -> mesh.gateways().find(service.gateways().get(index)).stream()
                        .filter(gateway -> service.hosts().stream()
                                .noneMatch(host ->
                                        gateway.serves(host, service.manifest().home())))
                        .map(gateway -> Rivals.ofGateway(
                                mesh,
                                gateway.manifest().kind(),
                                gateway.manifest().home(),
                                gateway.manifest().name(),
                                HOST_NOT_SERVED.at(
                                        Source.of(service.manifest()).item("spec/gateways", index),
                                        "no server of %s serves a host of this route, so it answers 404 there"
                                                .formatted(gateway.manifest())))));
    }

    /** Gateways of the Gateway API none of whose listeners is for one of the hosts. */
    private static Stream<Finding> listeners(Mesh mesh, VirtualService service) {
        return IntStream.range(0, service.gateways().size()).boxed().flatMap(index -> {
            String[] reference = service.gateways().get(index).split("/", 2);
            return mesh.gateways().find(service.gateways().get(index)).isPresent() || reference.length < 2
                    ? Stream.empty()
                    : mesh.manifests().find(Kind.API_GATEWAY, reference[0], reference[1]).stream()
                            .filter(gateway -> Fields.items(gateway.at("/spec/listeners")).stream()
                                    .map(listener -> listener.path("hostname").asText(""))
                                    .noneMatch(hostname -> hostname.isEmpty()
                                            || service.hosts().stream()
                                                    .anyMatch(host -> HostName.overlap(hostname, host))))
                            .map(gateway -> HOST_NOT_SERVED.at(
                                    Source.of(service.manifest()).item("spec/gateways", index),
                                    "no listener of %s is for a host of this route, so it answers 404 there"
                                            .formatted(gateway)));
        });
    }

    /** Hosts that none of the gateways serves although they serve others. */
    private static Stream<Finding> hosts(Mesh mesh, VirtualService service) {
        List<Optional<Gateway>> gateways = service.gateways().stream()
                .filter(name -> !name.equals(VirtualService.MESH))
                .map(mesh.gateways()::find)
                .toList();
        boolean undecided = gateways.isEmpty()
                || service.isOnMesh()
                || gateways.stream().anyMatch(Optional::isEmpty)
                || service.hosts().stream()
                        .noneMatch(host -> gateways.stream()
                                .anyMatch(gateway -> gateway.orElseThrow()
                                        .serves(host, service.manifest().home())));
        return undecided
                ? Stream.empty()
                : IntStream.range(0, service.hosts().size())
                        .boxed()
                        .filter(index -> gateways.stream()
                                .noneMatch(gateway -> gateway.orElseThrow()
                                        .serves(
                                                service.hosts().get(index),
                                                service.manifest().home())))
                        .map(index -> HOST_NOT_SERVED.at(
                                Source.of(service.manifest()).item("spec/hosts", index),
                                "no server of %s serves \"%s\", so requests for it get 404"
                                        .formatted(
                                                gateways.get(0).orElseThrow().manifest(),
                                                service.hosts().get(index))));
    }
}
