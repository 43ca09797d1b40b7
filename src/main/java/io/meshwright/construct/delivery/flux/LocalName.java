package io.meshwright.construct.delivery.flux;

/** An object of the same namespace, by its name. */
public record LocalName(String name) {}
