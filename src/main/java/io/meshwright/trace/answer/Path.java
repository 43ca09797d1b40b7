package io.meshwright.trace.answer;

import java.util.List;
import java.util.Optional;

/**
 * The hops that a request passes until it ends or forks, and how it ends; {@code handlings} are what each proxy's route
 * does with it.
 */
public record Path(List<PathHop> hops, List<Handling> handlings, List<PathBranch> branches, Verdict verdict) {
    /** The effect of the first route, which is the one that a client outside the mesh meets. */
    public Optional<Handling> handling() {
        return handlings.stream().findFirst();
    }
}
