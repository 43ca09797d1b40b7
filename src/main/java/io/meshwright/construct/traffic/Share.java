package io.meshwright.construct.traffic;

import io.meshwright.value.Weight;
import java.util.Optional;

/**
 * One destination of a route and its part of the requests.
 *
 * @param subset of the service; empty: all its pods
 * @param cookie what the answer's {@code Set-Cookie} says; empty: nothing
 */
public record Share(Backend backend, Optional<String> subset, Weight weight, Optional<String> cookie) {
    static Share all(Backend backend, Optional<String> subset) {
        return new Share(backend, subset, Weight.of(100), Optional.empty());
    }
}
