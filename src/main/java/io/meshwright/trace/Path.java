package io.meshwright.trace;

import java.util.List;
import java.util.Optional;

/**
 * The hops that a request passes until it ends or forks, and how it ends; {@code handlings} are what each proxy's route
 * does with it.
 */
public record Path(List<Hop> hops, List<Handling> handlings, List<Branch> branches, Verdict verdict) {
    /** What the first route did, which is the one that a client outside the mesh meets. */
    public Optional<Handling> handling() {
        return handlings.stream().findFirst();
    }
}
