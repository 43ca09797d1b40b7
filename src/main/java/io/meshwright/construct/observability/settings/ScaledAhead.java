package io.meshwright.construct.observability.settings;

import io.meshwright.value.Name;

/**
 * A service whose pods are counted by the load of last week.
 *
 * @param requestsPerSecond that one pod should have
 */
public record ScaledAhead(Name namespace, Name name, int requestsPerSecond) {}
