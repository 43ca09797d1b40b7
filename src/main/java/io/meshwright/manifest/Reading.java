package io.meshwright.manifest;

import java.util.List;

/** What was read, and what could not be; both in an order that does not depend on the order of reading. */
public record Reading(Manifests manifests, List<Unreadable> unreadable) {}
