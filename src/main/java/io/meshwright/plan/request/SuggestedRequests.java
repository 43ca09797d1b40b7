package io.meshwright.plan.request;

import io.meshwright.mesh.Mesh;
import io.meshwright.trace.request.Request;
import java.util.List;

/** Requests that the routes, hosts and policies of a mesh suggest to somebody who wants to know it. */
public final class SuggestedRequests {
    private SuggestedRequests() {}

    /** Those from outside the cluster, in an order that depends on nothing but themselves. */
    public static List<Request> outside(Mesh mesh) {
        return List.copyOf(Questions.outside(mesh).values());
    }
}
