package io.meshwright.plan.request;

import io.meshwright.trace.request.Request;
import java.util.Map;

/** Method, target and headers of a request that a match takes. */
record Sample(String method, String target, Map<String, String> headers) {
    /** The path of a request that asks for nothing in particular. */
    static final String ROOT = "/";

    /** Stands where anything may stand. */
    static final String WORD = "any";

    Request of(String url) {
        Request request = Request.of(method, url);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }
}
