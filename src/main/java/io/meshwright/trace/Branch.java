package io.meshwright.trace;

/** One of the ways that requests take from a fork; {@code part} is the part of them between 0 and 1 that takes it. */
public record Branch(double part, String label, Path path) {}
