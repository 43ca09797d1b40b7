package io.meshwright.trace.sample;

import io.meshwright.trace.request.Request;
import java.util.Map;

/** Method, target and headers of a request that a match takes. */
public record Sample(String method, String target, Map<String, String> headers) {
    /** The path of a request that asks for nothing in particular. */
    public static final String ROOT = "/";

    /** Stands where anything may stand. */
    public static final String WORD = "any";

    /** A request for nothing in particular. */
    public static final Sample PLAIN = new Sample("GET", ROOT, Map.of());

    /**
     * The same as a request from the internet.
     *
     * @param url with the target of the sample at its end
     */
    public Request of(String url) {
        Request request = Request.of(method, url);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }
}
