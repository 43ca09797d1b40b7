package io.meshwright.construct.traffic;

import io.meshwright.value.Percent;
import java.util.Optional;

/** Where copies of a route's requests go. */
public record Copies(Backend backend, Optional<String> subset, Percent percent) {}
