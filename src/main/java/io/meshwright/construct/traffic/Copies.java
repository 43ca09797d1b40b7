package io.meshwright.construct.traffic;

import io.meshwright.value.Percent;
import java.util.Optional;

/** Receiver of copies of a route's requests. */
public record Copies(Backend backend, Optional<String> subset, Percent percent) {}
