package io.meshwright.environment.agreement.gatewayapi;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.HostSettings;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Version;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gatewayapi.RouteWords;
import io.meshwright.value.traffic.Mirror;
import io.meshwright.value.traffic.Retries;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Routes of a gateway of the Gateway API ask for nothing that an HTTPRoute cannot say. */
public final class RoutesTranslated implements Agreement {
    private static final String OTHER_KINDS = "or bring it by a gateway with api: networking.istio.io";
    // Before, istiod reads neither percent nor fraction of a mirror and copies everything (createMirrorFilter).
    private static final Version PARTS_OF_MIRRORS = Version.of("1.26");
    private static final double ALL = 100;

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        DeclaredService.of(environment).forEach(service -> {
            List<DeclaredRoute> translated = service.routes()
                    .filter(route -> route.entries(environment).anyMatch(GatewayEntry::isOfGatewayApi))
                    .toList();
            released(service, translated).ifPresent(refusals::add);
            translated.forEach(route -> refusals.addAll(refused(environment, route)));
        });
        return refusals;
    }

    /** Its versions are subsets, of which an HTTPRoute knows nothing. */
    private static Optional<InvalidValue> released(DeclaredService service, List<DeclaredRoute> routes) {
        boolean shared = routes.stream().anyMatch(route -> !route.route().isAnswered());
        return service.service().release() == null || !shared
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        service.at().key("release"),
                        "tells versions apart by labels, which no HTTPRoute can",
                        "release it without, or bring its routes by a gateway with api: networking.istio.io"));
    }

    private static Set<InvalidValue> refused(Environment environment, DeclaredRoute declared) {
        Set<InvalidValue> refusals = new LinkedHashSet<>();
        declared.entries(environment)
                .filter(GatewayEntry::isOfGatewayApi)
                .findFirst()
                .ifPresent(entry -> RouteWords.refusals(guarded(entry, declared.route())).stream()
                        .map(refusal -> refusal.under(declared.at().text()))
                        .forEach(refusals::add));
        retried(environment, declared).ifPresent(refusals::add);
        mirrored(environment, declared).ifPresent(refusals::add);
        redirected(environment, declared).ifPresent(refusals::add);
        return refusals;
    }

    private static Route guarded(GatewayEntry entry, Route route) {
        return HostSettings.of(entry, route.host())
                .securityHeaders()
                .map(route::guarded)
                .orElse(route);
    }

    /** The field for it is in the experimental channel alone (gateway-api, GEP-1731). */
    private static Optional<InvalidValue> retried(Environment environment, DeclaredRoute declared) {
        Retries retries = declared.owner().wanted(environment).retriesOf(declared.route());
        return declared.route().isAnswered() || retries.isNone()
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        declared.at().key("retries"),
                        (declared.route().retries() == null ? "is missing, and %d" : "\"%d\"")
                                .concat(" more tries cannot be said by an HTTPRoute of the standard channel")
                                .formatted(retries.attempts()),
                        "write retries: {attempts: 0}, %s".formatted(OTHER_KINDS)));
    }

    private static Optional<InvalidValue> mirrored(Environment environment, DeclaredRoute declared) {
        Mirror mirror = declared.route().mirror();
        Service to = mirror == null ? null : environment.services().get(mirror.service());
        if (mirror == null || to == null) {
            return Optional.empty();
        }
        KeyPath at = declared.at().key("mirror");
        if (!to.namespace().equals(declared.owner().service().namespace())) {
            return Optional.of(new InvalidValue(
                    at.key("service"),
                    "\"%s\" is in another namespace than the route, which Istio's kinds alone reach without a grant"
                            .formatted(mirror.service()),
                    "copy to one of namespace %s, %s"
                            .formatted(declared.owner().service().namespace(), OTHER_KINDS)));
        }
        return mirror.percent().value() < ALL
                        && !environment
                                .istio()
                                .controlPlanes()
                                .oldest()
                                .version()
                                .isAtLeast(PARTS_OF_MIRRORS)
                ? Optional.of(new InvalidValue(
                        at.key("percent"),
                        "\"%s\" is everything to an HTTPRoute before Istio %s"
                                .formatted(mirror.percent(), PARTS_OF_MIRRORS),
                        "copy everything, %s".formatted(OTHER_KINDS)))
                : Optional.empty();
    }

    private static Optional<InvalidValue> redirected(Environment environment, DeclaredRoute declared) {
        return declared.entries(environment)
                .filter(GatewayEntry::isOfGatewayApi)
                .flatMap(entry -> entry.gateway().listeners().stream())
                .filter(listener ->
                        listener.isHttp() && listener.serves(declared.route().host()))
                .map(Listener::port)
                .map(port -> InvalidValue.thrownBy(() -> RouteWords.refuseKeptPort(declared.route(), port.value())))
                .flatMap(Optional::stream)
                .findFirst()
                .map(refusal -> refusal.under(declared.at().text()));
    }
}
