package io.meshwright.manifest;

import java.util.List;

/**
 * The objects that were read, and all that could not be read; both in an order that does not depend on the order of
 * reading.
 */
public record Reading(Manifests manifests, List<Unreadable> unreadable) {}
