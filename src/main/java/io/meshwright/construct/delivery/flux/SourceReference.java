package io.meshwright.construct.delivery.flux;

/** A source of the same namespace, by kind and name. */
public record SourceReference(String kind, String name) {}
