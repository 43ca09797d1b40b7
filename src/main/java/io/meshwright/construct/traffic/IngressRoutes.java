package io.meshwright.construct.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.network.GatewayAddress;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.plus.GivenObject;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cdk8s.Chart;
import org.cdk8s.plus34.Ingress;
import software.constructs.Construct;

/**
 * Makes of an Ingress of cdk8s-plus the routes of a gateway: {@link HostRoutes} for each of its hosts. The Ingress goes
 * from the tree, so that no other controller answers too.
 */
public final class IngressRoutes extends Construct {
    private static final String KEY = "ingress";

    private final List<HostRoutes> routes = new ArrayList<>();

    private IngressRoutes(Construct scope, String id, GatewayAddress gateway, Name namespace, JsonNode spec) {
        super(scope, id);
        Claim.byHost(claims(namespace, spec))
                .forEach((host, claims) -> routes.add(HostRoutes.Builder.create(this, host.dashed())
                        .namespace(namespace)
                        .gateway(gateway)
                        .table(RouteTable.of(host).claims(claims).build())
                        .build()));
    }

    /**
     * Takes the place of an Ingress, which is finished by now.
     *
     * @throws io.meshwright.construct.object.InvalidConstruct where it has no namespace, TLS (which the gateway's
     *     listeners have), annotations or a class, which only its controller reads, a rule without a host, or a backend
     *     that is no port of a Service by its number
     */
    public static IngressRoutes of(Construct scope, String id, GatewayAddress gateway, Ingress ingress) {
        return ConstructMaker.make(scope, id, () -> {
            JsonNode manifest = ApiObjects.manifests(ingress).values().stream()
                    .filter(object -> object.path("kind").asText().equals("Ingress"))
                    .findFirst()
                    .orElseThrow();
            check(manifest);
            Name namespace = GivenObject.of(KEY, ingress)
                    .namespace()
                    .or(() -> Optional.ofNullable(Chart.of(ingress).getNamespace())
                            .map(Name::of))
                    .orElseThrow(() -> new InvalidValue(KEY, "names no namespace", "give it metadata.namespace"));
            IngressRoutes made = new IngressRoutes(scope, id, gateway, namespace, manifest.path("spec"));
            Optional.ofNullable(ingress.getNode().getScope())
                    .ifPresent(above ->
                            above.getNode().tryRemoveChild(ingress.getNode().getId()));
            return made;
        });
    }

    /** The routes, one object for each host. */
    public List<HostRoutes> routes() {
        return List.copyOf(routes);
    }

    private static void check(JsonNode manifest) {
        for (Map.Entry<String, String> lost : new TreeMap<>(Map.of(
                        "/spec/tls", "listeners of the gateway have certificates",
                        "/spec/ingressClassName", "the gateway answers in the place of a controller",
                        "/metadata/annotations", "only a controller reads them",
                        "/spec/defaultBackend", "a gateway answers for hosts that it knows"))
                .entrySet()) {
            Require.that(
                    manifest.at(lost.getKey()).isMissingNode(),
                    KEY,
                    "has %s, and %s"
                            .formatted(
                                    lost.getKey().replaceFirst("^/(spec/)?", "").replace('/', '.'), lost.getValue()),
                    "leave it out");
        }
    }

    private static List<Claim> claims(Name namespace, JsonNode spec) {
        List<Claim> claims = new ArrayList<>();
        for (JsonNode rule : spec.path("rules")) {
            Host host =
                    Host.of(Require.notBlank("ingress.host", rule.path("host").asText()));
            for (JsonNode path : rule.at("/http/paths")) {
                claims.add(Claim.of(backend(namespace, path.at("/backend/service")), route(host, path)));
            }
        }
        return claims;
    }

    private static Backend backend(Name namespace, JsonNode service) {
        String name = GivenObject.named(KEY, service.path("name").asText());
        Require.that(
                service.at("/port/number").isInt(),
                KEY,
                "names no port of \"%s\" by its number".formatted(name),
                "give the backend a port number");
        return new Backend(
                Name.of(name), namespace, Port.of(service.at("/port/number").asInt()));
    }

    private static Route route(Host host, JsonNode path) {
        String text = path.path("path").asText();
        return switch (path.path("pathType").asText()) {
            case "Exact" -> Route.exact(host, text);
            case "Prefix" -> Route.prefix(host, text);
            default ->
                throw new InvalidValue(
                        KEY,
                        "leaves it to its controller how \"%s\" is matched".formatted(text),
                        "write PREFIX or EXACT");
        };
    }
}
