package io.meshwright.sweep;

import com.google.auto.service.AutoService;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Suspicion;
import io.meshwright.check.Sweep;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A request for each route and host arrives, or ends as somebody may have meant it. */
@AutoService(Inspection.class)
public final class RequestsArrive implements Sweep {
    public static final Rule REQUEST_WITHOUT_ROUTE = Rule.error("MESH371", "request_without_route")
            .title("A request for which a route is written finds none")
            .consequence("It gets 404, or its connection is closed.")
            .remedy("Follow it with `meshwright trace`, and mend the object that the last step names.");

    public static final Rule REQUEST_FAILS = Rule.error("MESH372", "request_fails")
            .title("A request that a route takes does not reach anybody")
            .consequence("The proxy answers with an error, or the connection is closed.")
            .remedy("Follow it with `meshwright trace`, and mend the object that the last step names.");

    public static final Rule REQUEST_IN_CIRCLES = Rule.error("MESH373", "request_in_circles")
            .title("A request comes back to the gateways that it has passed")
            .consequence("It runs in circles until a limit ends it.")
            .remedy("Give the gateway a route of its own that leads on, and keep the others to gateways [mesh].");

    private static final String NO_ROUTE = "NR";

    @Override
    public List<Rule> rules() {
        return List.of(REQUEST_WITHOUT_ROUTE, REQUEST_FAILS, REQUEST_IN_CIRCLES);
    }

    @Override
    public Stream<Suspicion> run(Mesh mesh) {
        return Sweeping.causes(mesh, Asks.ofRoutes(mesh), new Judge(mesh, RequestsArrive::rule));
    }

    private static Optional<Rule> rule(Ask ask, End end) {
        if (end.isRefusal() || end.isWritten()) {
            return Optional.empty();
        }
        if (end.isCircular()) {
            return Optional.of(REQUEST_IN_CIRCLES);
        }
        if (!end.flag().equals(NO_ROUTE)) {
            return Optional.of(REQUEST_FAILS);
        }
        // A host without any route may be waiting for one.
        return ask.sake() == Ask.Sake.HOST ? Optional.empty() : Optional.of(REQUEST_WITHOUT_ROUTE);
    }
}
