package io.meshwright.trace.answer;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hops that a request passes until it ends or forks, and how it ends; {@code handlings} are what each proxy's route
 * does with it.
 */
public record Path(List<PathHop> hops, List<Handling> handlings, List<PathBranch> branches, Verdict verdict) {
    /** The objects that decided anything on the way, those of its branches too; one may come again. */
    public Stream<Manifest> deciding() {
        return Stream.concat(
                hops.stream()
                        .flatMap(hop -> hop.steps().stream())
                        .flatMap(step -> step.decidedBy().stream())
                        .map(Source::manifest),
                branches.stream().map(PathBranch::path).flatMap(Path::deciding));
    }

    /** The effect of the first route, which is the one that a client outside the mesh meets. */
    public Optional<Handling> handling() {
        return handlings.stream().findFirst();
    }
}
