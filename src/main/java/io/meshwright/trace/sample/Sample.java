package io.meshwright.trace.sample;

import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.Map;
import java.util.Optional;

/** Method, target and headers of a request that a match takes. */
public record Sample(String method, String target, Map<String, String> headers) {
    /** The path of a request that asks for nothing in particular. */
    public static final String ROOT = "/";

    /** Stands where anything may stand. */
    public static final String WORD = "any";

    /** A request for nothing in particular. */
    public static final Sample PLAIN = new Sample("GET", ROOT, Map.of());

    /** A name that a host takes, which may be a wildcard. */
    public static String named(String host) {
        return host.startsWith("*.") ? WORD.concat(host.substring(1)) : host.equals("*") ? "any.example" : host;
    }

    /**
     * The same as a request from the internet, where host, port and path make an address at all: what is wrong with
     * them is for checks of fields.
     */
    public Optional<Request> sent(String url) {
        try {
            return Optional.of(of(url));
        } catch (InvalidValue noAddress) {
            return Optional.empty();
        }
    }

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
