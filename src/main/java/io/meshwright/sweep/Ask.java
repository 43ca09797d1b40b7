package io.meshwright.sweep;

import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.request.Request;

/** A request, and the field for the sake of which it is sent. */
record Ask(Request request, Source about, Sake sake) {
    /** The kind of the field. */
    enum Sake {
        /** A route, or one of its matches, that somebody in front of a gateway meets. */
        ROUTE,
        /** The same for somebody inside, of whom nothing tells that he may ask. */
        ROUTE_INSIDE,
        /** A host that a gateway serves. */
        HOST,
        /** A rule that admits somebody. */
        RULE
    }
}
