package io.meshwright.mcp.tool;

import io.meshwright.check.Finding;
import io.meshwright.check.report.Told;
import io.meshwright.file.Behind;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Adds keys of environment files to findings on what synth wrote, as far as these files lie below the roots. */
final class RootedKeys {
    private final Roots roots;
    private final Function<Path, UnaryOperator<Told>> keys;

    /** @param keys of an environment file, what adds the key to a finding whose construct is known */
    RootedKeys(Roots roots, Function<Path, UnaryOperator<Told>> keys) {
        this.roots = roots;
        this.keys = keys;
    }

    /** Tells findings; made for each call, since files change between two. */
    Function<Finding, Told> behind() {
        List<Behind> projects = roots.projects(this::admitted);
        return finding -> projects.stream()
                .map(project -> project.apply(finding))
                .filter(told -> !told.construct().isEmpty())
                .findFirst()
                .orElseGet(() -> Told.of(finding));
    }

    private UnaryOperator<Told> admitted(Path file) {
        return roots.found(file.toAbsolutePath().toString()).isPresent() ? keys.apply(file) : UnaryOperator.identity();
    }
}
