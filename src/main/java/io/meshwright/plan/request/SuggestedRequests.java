package io.meshwright.plan.request;

import io.meshwright.mesh.Mesh;
import io.meshwright.trace.request.Request;
import java.util.List;
import java.util.stream.Stream;

/** Requests that the routes, hosts and policies of a mesh suggest to somebody who wants to know it. */
public final class SuggestedRequests {
    private SuggestedRequests() {}

    /** Those from outside the cluster, in an order that depends on nothing but themselves. */
    public static List<Request> outside(Mesh mesh) {
        return List.copyOf(Questions.outside(mesh).values());
    }

    /** Those of them that carry neither header nor token. */
    public static Stream<Request> plain(Mesh mesh) {
        return outside(mesh).stream()
                .filter(request ->
                        request.headers().isEmpty() && request.token().isEmpty());
    }
}
