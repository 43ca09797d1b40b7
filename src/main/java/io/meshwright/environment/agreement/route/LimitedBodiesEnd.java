package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.HostSettings;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Quantity;
import io.meshwright.value.edge.BodyLimit;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.workload.Protocol;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A limit of bodies is where the gateway can wait for their end, and has the memory to. */
public final class LimitedBodiesEnd implements Agreement {
    private static final String KEY = "maxRequestBytes";
    private static final BigDecimal SHARE = BigDecimal.valueOf(4);

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        environment
                .gatewayEntries()
                .forEach(entry -> entry.gateway().hosts().forEach((host, policy) -> {
                    BodyLimit limit = policy.maxRequestBytes();
                    if (limit != null) {
                        KeyPath at =
                                entry.at().key("hosts").key(host.toString()).key(KEY);
                        fits(entry, at, limit).forEach(refusals::add);
                        ofHost(environment, entry, at, host, limit).forEach(refusals::add);
                    }
                }));
        DeclaredRoute.of(environment)
                .flatMap(declared -> ofRoute(environment, declared))
                .forEach(refusals::add);
        return refusals;
    }

    private static Stream<InvalidValue> fits(GatewayEntry entry, KeyPath at, BodyLimit limit) {
        Quantity memory = entry.gateway().resources().limits().memory();
        return limit.isNone()
                        || BigDecimal.valueOf(limit.bytes()).multiply(SHARE).compareTo(memory.amount()) <= 0
                ? Stream.empty()
                : Stream.of(new InvalidValue(
                        at,
                        "\"%s\" is more than a quarter of a gateway pod's memory \"%s\", and four such requests end it"
                                .formatted(limit, memory),
                        "lower it, or raise %s.resources.limits.memory"
                                .formatted(entry.at().text())));
    }

    private static Stream<InvalidValue> ofHost(
            Environment environment, GatewayEntry entry, KeyPath at, Host host, BodyLimit limit) {
        if (limit.isNone()) {
            return Stream.of(new InvalidValue(at, "\"none\" is how it is anyway", "remove it"));
        }
        if (entry.isFirst() && HostSettings.ofTools(environment).contains(host)) {
            return Stream.of(new InvalidValue(
                    at, "is on a host of tools, which keep requests open", "remove it, and let the tool limit them"));
        }
        HostSettings settings = HostSettings.of(entry, host);
        List<DeclaredRoute> routes = DeclaredRoute.of(environment)
                .filter(declared -> declared.isAt(entry) && declared.hosts().anyMatch(host::equals))
                .toList();
        return routes.isEmpty()
                        || routes.stream()
                                .anyMatch(declared ->
                                        settings.limitOf(declared.route()).isPresent())
                ? Stream.empty()
                : Stream.of(
                        new InvalidValue(at, "limits no route of this host: each streams, or says none", "remove it"));
    }

    private static Stream<InvalidValue> ofRoute(Environment environment, DeclaredRoute declared) {
        KeyPath at = declared.at().key(KEY);
        BodyLimit own = declared.route().maxRequestBytes();
        if (declared.isInner()) {
            return own == null
                    ? Stream.empty()
                    : Stream.of(new InvalidValue(
                            at, "is the gateway's, and this route is for callers in the mesh", "remove it"));
        }
        if (own != null && declared.route().isAnswered()) {
            return Stream.of(new InvalidValue(at, "limits nothing, because the proxy answers itself", "remove it"));
        }
        boolean limited = declared.settings(environment)
                .anyMatch(settings -> settings.limitOf(declared.route()).isPresent());
        Stream<InvalidValue> memory = own == null
                ? Stream.empty()
                : declared.entries(environment)
                        .flatMap(entry -> fits(entry, at, own))
                        .limit(1);
        return limited && isGrpc(declared) ? Stream.of(endless(own == null ? declared.at() : at, own)) : memory;
    }

    private static InvalidValue endless(KeyPath at, @Nullable BodyLimit own) {
        return new InvalidValue(
                at,
                "%s for the end of each request, and calls of gRPC may have none"
                        .formatted(own == null ? "waits by maxRequestBytes of its host" : "waits"),
                "write maxRequestBytes: none on this route, or stream: grpc-stream");
    }

    private static boolean isGrpc(DeclaredRoute declared) {
        Route route = declared.route();
        return declared.owner().service().ports().stream()
                .filter(port -> route.port() == null || route.port().equals(port.port()))
                .limit(1)
                .anyMatch(port -> port.protocol() == Protocol.GRPC);
    }
}
