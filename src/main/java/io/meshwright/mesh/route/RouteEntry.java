package io.meshwright.mesh.route;

import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import java.util.Optional;

/** One line of a proxy's route table: a route through one of its matches, or without any. */
public record RouteEntry(HttpRoute route, Optional<HttpMatch> match) {
    public boolean fits(HttpRequest request, IstioVersion version) {
        return match.map(condition -> condition.fits(request, version)).orElse(true);
    }

    /** True if a request with that path fits, whatever else the match asks for. */
    public boolean takes(String path) {
        return match.map(condition -> condition.fitsPath(path)).orElse(true);
    }

    public boolean isCatchAll() {
        return match.map(HttpMatch::isCatchAll).orElse(true);
    }

    /** The match, or the route where it has none. */
    public Source source() {
        return match.map(HttpMatch::source).orElse(route.source());
    }
}
