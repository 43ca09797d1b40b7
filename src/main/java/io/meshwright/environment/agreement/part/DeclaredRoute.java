package io.meshwright.environment.agreement.part;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.HostSettings;
import io.meshwright.value.Host;
import io.meshwright.value.KeyPath;
import io.meshwright.value.traffic.BlueGreen;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.traffic.RouteConditions;
import io.meshwright.value.traffic.RouteMatch;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One route of a service with its place in the file. */
public record DeclaredRoute(KeyPath at, DeclaredService owner, Route route) {
    /** The routes of all services, in the order of the file. */
    public static Stream<DeclaredRoute> of(Environment environment) {
        return DeclaredService.of(environment).flatMap(DeclaredService::routes);
    }

    /** True if it is for callers in the mesh, and not for the gateway. */
    public boolean isInner() {
        return owner.service().isInner(route, owner.name());
    }

    /** The gateways that bring its requests, as far as there are such; none for callers in the mesh. */
    public Stream<GatewayEntry> entries(Environment environment) {
        return isInner()
                ? Stream.empty()
                : environment.gatewayEntries().stream().filter(entry -> route.isAt(entry.name()));
    }

    /** True if this gateway brings its requests. */
    public boolean isAt(GatewayEntry entry) {
        return !isInner() && route.isAt(entry.name());
    }

    /** The settings of its hosts at each of its gateways; nothing for callers in the mesh. */
    public Stream<HostSettings> settings(Environment environment) {
        return entries(environment).flatMap(entry -> hosts().map(host -> HostSettings.of(entry, host)));
    }

    /** The hosts that lead to it: its own, and that at which a blue-green release shows its other version. */
    public Stream<Host> hosts() {
        return Stream.concat(Stream.of(route.host()), isInner() ? Stream.empty() : previewHost());
    }

    private Stream<Host> previewHost() {
        return owner.service().release() instanceof BlueGreen blueGreen
                ? Stream.ofNullable(blueGreen.previewHost())
                : Stream.empty();
    }

    /**
     * The conditions of the routes of Istio that it becomes.
     *
     * @throws io.meshwright.value.InvalidValue where its service's release decides by the same thing
     */
    public List<RouteMatch> matches(Environment environment) {
        return RouteConditions.of(
                route, owner.service().release(), owner.wanted(environment).retriesOf(route));
    }

    /** The place of its path. */
    public KeyPath pathKey() {
        return at.key(route.path().kind().name().toLowerCase(Locale.ROOT));
    }
}
