package io.meshwright.mesh.route;

import java.util.List;
import java.util.Map;

/**
 * A VirtualService that istiod makes of other objects: its HTTP routes in order, and its entries of {@code tls} and
 * {@code tcp} by the name of the list.
 */
public record GeneratedRoutes(
        VirtualService service, List<HttpRoute> routes, Map<String, List<ConnectionRoute>> connections) {}
