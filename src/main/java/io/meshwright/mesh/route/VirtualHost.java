package io.meshwright.mesh.route;

import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One host of a proxy's route table: the domain by which it is chosen, its routes in order, whether plain HTTP is sent
 * to HTTPS first, and the VirtualServices that the routes come from.
 */
public record VirtualHost(
        String domain, List<RouteEntry> routes, boolean redirectsToHttps, List<VirtualService> parts) {
    public static VirtualHost empty(String domain) {
        return new VirtualHost(domain, List.of(), false, List.of());
    }

    /** The route that a request takes; empty means 404. */
    public Optional<RouteEntry> route(HttpRequest request, IstioVersion version) {
        return routes.stream().filter(entry -> entry.fits(request, version)).findFirst();
    }

    /** True if the age of objects, which manifests do not tell, may change the order of the routes. */
    public boolean dependsOnCreationOrder() {
        return parts.size() > 1;
    }

    /** With the routes of a further VirtualService behind those already here. */
    public VirtualHost and(VirtualService service, List<RouteEntry> more) {
        List<RouteEntry> all = new ArrayList<>(routes);
        all.addAll(more);
        return new VirtualHost(
                domain,
                all,
                redirectsToHttps,
                Stream.concat(parts.stream(), Stream.of(service)).distinct().toList());
    }

    public VirtualHost redirecting() {
        return new VirtualHost(domain, routes, true, parts);
    }

    /** Routes that take everything go to the end and keep their order (SortVHostRoutes). */
    public VirtualHost sorted() {
        Stream<RouteEntry> particular = routes.stream().filter(entry -> !entry.isCatchAll());
        Stream<RouteEntry> general = routes.stream().filter(RouteEntry::isCatchAll);
        return new VirtualHost(domain, Stream.concat(particular, general).toList(), redirectsToHttps, parts);
    }
}
