package io.meshwright.value.gateway;

/** What a listener speaks. */
public enum Scheme {
    HTTP,
    HTTPS
}
