package io.meshwright.value.gateway;

/** The protocol of a listener. */
public enum Scheme {
    HTTP,
    HTTPS
}
