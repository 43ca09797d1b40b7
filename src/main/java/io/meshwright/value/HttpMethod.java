package io.meshwright.value;

/** A request method, in the upper case in which HTTP and Istio's rules compare it. */
@Doc("Request method, in upper case.")
public enum HttpMethod {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS;

    /** True if asking twice changes nothing at the server (RFC 9110, 9.2.1), so that a proxy may ask again. */
    public boolean isSafe() {
        return this == GET || this == HEAD || this == OPTIONS;
    }
}
