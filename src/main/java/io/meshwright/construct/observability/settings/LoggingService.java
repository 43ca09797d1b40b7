package io.meshwright.construct.observability.settings;

import io.meshwright.value.Name;

/**
 * A service whose log lines are read.
 *
 * @param app label {@code app} of its pods, by which the lines are found
 */
public record LoggingService(Name namespace, Name name, String app) {}
