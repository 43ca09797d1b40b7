package io.meshwright.mesh.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.route.GeneratedRoutes;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.IngressPath;
import io.meshwright.mesh.route.RoutePrecedence;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.mesh.workload.Services;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The VirtualServices that istiod makes of Ingresses: one for each host with the paths of all Ingresses, on the Gateway
 * of the oldest (ConvertIngressVirtualService).
 */
final class IngressRoutes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ANY = "*";

    private final Services services;
    private final MeshConfig mesh;

    IngressRoutes(Services services, MeshConfig mesh) {
        this.services = services;
        this.mesh = mesh;
    }

    /** The reference of the Gateway that an Ingress becomes. */
    static String gateway(Manifest ingress, MeshConfig mesh) {
        return "%s/%s-istio-ingressgateway-%s".formatted(mesh.ingressNamespace(), ingress.name(), ingress.home());
    }

    /** The places of its rules. */
    static List<Source> rules(Manifest ingress) {
        List<Source> rules = new ArrayList<>();
        for (int index = 0; index < ingress.at("/spec/rules").size(); index++) {
            rules.add(Source.of(ingress).item("spec/rules", index));
        }
        return rules;
    }

    /** {@code ingresses} are the oldest first. A default backend is not heeded. */
    List<GeneratedRoutes> of(List<Manifest> ingresses) {
        Map<String, VirtualService> owners = new LinkedHashMap<>();
        Map<String, List<HttpRoute>> routes = new LinkedHashMap<>();
        for (Source rule :
                ingresses.stream().flatMap(ingress -> rules(ingress).stream()).toList()) {
            JsonNode body = rule.value();
            if (body.path("http").isObject()) {
                String host = Fields.text(body.path("host")).orElse(ANY).toLowerCase(Locale.ROOT);
                VirtualService owner = owners.computeIfAbsent(host, none -> owner(rule.manifest(), host));
                for (int index = 0; index < body.at("/http/paths").size(); index++) {
                    route(owner, rule.item("http/paths", index))
                            .ifPresent(route -> routes.computeIfAbsent(host, none -> new ArrayList<>())
                                    .add(route));
                }
            }
        }
        return routes.entrySet().stream()
                .map(entry -> new GeneratedRoutes(
                        Objects.requireNonNull(owners.get(entry.getKey()), entry::getKey),
                        entry.getValue().stream()
                                .sorted(RoutePrecedence.OF_INGRESSES)
                                .toList(),
                        Map.of()))
                .sorted(Comparator.comparing(IngressRoutes::name)
                        .thenComparing(made -> made.service().manifest().home()))
                .toList();
    }

    private VirtualService owner(Manifest ingress, String host) {
        return new VirtualService(
                ingress,
                List.of(host),
                List.of(gateway(ingress, mesh)),
                Export.of(List.of(), ingress.home(), mesh.virtualServiceExport()));
    }

    /** By its name a VirtualService without an age is sorted among the others. */
    private static String name(GeneratedRoutes made) {
        String host = made.service().hosts().get(0);
        return "%s-%s-istio-ingressgateway"
                .formatted(
                        host.equals(ANY) ? "" : host.replace('.', '-'),
                        made.service().manifest().name());
    }

    /** Empty where the backend is no service, or none with a port of that name. */
    private Optional<HttpRoute> route(VirtualService owner, Source path) {
        Manifest ingress = path.manifest();
        JsonNode body = ingress.at(path.pointer());
        JsonNode service = body.at("/backend/service");
        String host = HostName.ofService(service.path("name").asText(""), ingress.home(), mesh.domain());
        return port(service, ingress.home()).map(port -> {
            ObjectNode route = NODES.objectNode();
            ObjectNode destination =
                    route.putArray("route").addObject().putObject("destination").put("host", host);
            destination.putObject("port").put("number", port);
            IngressPath uri = IngressPath.of(body);
            List<HttpMatch> matches = uri.equals(IngressPath.EVERY)
                    ? List.of()
                    : List.of(new HttpMatch(path, uri.match(), ingress.home()));
            return new HttpRoute(owner, path, route, matches, Optional.empty());
        });
    }

    private Optional<Integer> port(JsonNode service, String namespace) {
        return Fields.number(service.at("/port/number"))
                .filter(number -> number > 0)
                .or(() -> services.kubernetes(namespace, service.path("name").asText("")).stream()
                        .flatMap(found -> found.ports().stream())
                        .filter(port ->
                                port.name().equals(service.at("/port/name").asText("")))
                        .map(ServicePort::number)
                        .findFirst());
    }
}
