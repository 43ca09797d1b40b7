package io.meshwright.sweep;

import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.request.Request;
import java.util.List;

/**
 * A request, and the field for the sake of which it is sent.
 *
 * @param towards what it is meant to reach, which a trace that ends before does not name
 */
record Ask(Request request, Source about, Sake sake, List<Source> towards) {
    Ask(Request request, Source about, Sake sake) {
        this(request, about, sake, List.of());
    }

    /** The kind of the field. */
    enum Sake {
        /** A route, or one of its matches, that somebody in front of a gateway meets. */
        ROUTE,
        /** The same for somebody inside, of whom nothing tells that he may ask. */
        ROUTE_INSIDE,
        /** A call that an application names. */
        CALL,
        /** A host that a gateway serves. */
        HOST,
        /** A rule that admits somebody. */
        RULE
    }
}
