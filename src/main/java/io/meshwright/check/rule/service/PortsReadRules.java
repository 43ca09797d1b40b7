package io.meshwright.check.rule.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sidecar has one sort of listener for each port: one of HTTP reads the rules http of a VirtualService, one of TCP or
 * TLS those for tls and tcp, and one that looks at the first bytes all of them (buildSidecarOutboundListeners).
 */
@AutoService(Inspection.class)
public final class PortsReadRules implements Check {
    public static final Rule RULE_OF_OTHER_SORT = Rule.warning("MESH406", "rule_of_other_sort")
            .title("No port of a host carries what a rule of its VirtualService is for")
            .consequence("The rule does nothing: calls go to the service without it.")
            .remedy(
                    "Name the Service's port after what it carries, such as http-web, or write rules of its sort: http for HTTP, tls for TLS of the callers' own, tcp for other bytes.");

    @Override
    public List<Rule> rules() {
        return List.of(RULE_OF_OTHER_SORT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return PortListeners.areWritten(mesh)
                ? Stream.empty()
                : mesh.virtualServices().all().stream()
                        .filter(service -> !service.isDelegate())
                        .flatMap(service -> findings(mesh, service));
    }

    private static Stream<Finding> findings(Mesh mesh, VirtualService service) {
        List<List<Service>> called =
                service.hosts().stream().map(host -> mesh.services().of(host)).toList();
        boolean known = called.stream()
                .allMatch(services -> !services.isEmpty()
                        && services.stream().allMatch(each -> each.alias().isEmpty()));
        List<ServicePort> ports = called.stream()
                .flatMap(List::stream)
                .flatMap(each -> each.ports().stream())
                .filter(port -> port.protocol() != Protocol.UDP)
                .toList();
        return known && !ports.isEmpty()
                ? Stream.of("http", "tls", "tcp")
                        .flatMap(sort -> Source.of(service.manifest())
                                .items("spec/".concat(sort))
                                .filter(rule -> isForSidecars(service, rule))
                                .flatMap(rule -> finding(ports, sort, rule).stream()))
                : Stream.empty();
    }

    /** True if no gateway reads it, by its VirtualService or by each of its matches. */
    private static boolean isForSidecars(VirtualService service, Source rule) {
        List<String> mesh = List.of(VirtualService.MESH);
        List<JsonNode> matches = Fields.items(rule.value().path("match"));
        return service.gateways().equals(mesh)
                || service.isOnMesh()
                        && !matches.isEmpty()
                        && matches.stream()
                                .allMatch(match ->
                                        Fields.texts(match.path("gateways")).equals(mesh));
    }

    private static Optional<Finding> finding(List<ServicePort> ports, String sort, Source rule) {
        List<JsonNode> matches = Fields.items(rule.value().path("match"));
        Set<Integer> asked = matches.stream()
                .flatMap(match -> Fields.number(match.path("port")).stream())
                .collect(Collectors.toSet());
        boolean each = !matches.isEmpty()
                && matches.stream().allMatch(match -> match.path("port").isNumber());
        List<ServicePort> candidates = ports.stream()
                .filter(port -> !each || asked.contains(port.number()))
                .toList();
        return candidates.isEmpty()
                        || candidates.stream()
                                .anyMatch(port -> sort.equals("http")
                                        ? port.protocol().mayBeHttp()
                                        : !port.protocol().isHttp())
                ? Optional.empty()
                : Optional.of(RULE_OF_OTHER_SORT.at(
                        rule,
                        "%s, so nothing meets this rule of %s"
                                .formatted(
                                        candidates.stream()
                                                .map(port ->
                                                        "port %d carries %s".formatted(port.number(), port.protocol()))
                                                .distinct()
                                                .collect(Collectors.joining(", ")),
                                        sort)));
    }
}
