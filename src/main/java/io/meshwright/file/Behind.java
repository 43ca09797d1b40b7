package io.meshwright.file;

import io.meshwright.check.Finding;
import io.meshwright.check.report.Told;
import io.meshwright.output.Makers;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Tells a finding on what synth wrote with the construct that made the object and the key behind it. Of files
 * elsewhere, and of those that were changed by hand, nobody knows.
 */
public final class Behind implements Function<Finding, Told> {
    private final Path dist;
    private final Path environments;
    private final Function<Path, UnaryOperator<Told>> keys;
    private final Map<String, Optional<Makers>> makers = new HashMap<>();
    private final Map<String, UnaryOperator<Told>> known = new HashMap<>();

    /**
     * @param dist what synth writes to
     * @param environments the folder of the environment files
     * @param keys of an environment file, what adds the key to a finding whose construct is known
     */
    public Behind(Path dist, Path environments, Function<Path, UnaryOperator<Told>> keys) {
        this.dist = dist;
        this.environments = environments;
        this.keys = keys;
    }

    @Override
    public Told apply(Finding finding) {
        Told told = Told.of(finding);
        return below(told.file()).map(path -> behind(told, path)).orElse(told);
    }

    /** The path in dist of a manifest of an environment: its name, a stack and a file; empty for any other place. */
    private Optional<Path> below(String file) {
        try {
            Path root = dist.toAbsolutePath().normalize();
            Path path = Path.of(file).toAbsolutePath().normalize();
            return Optional.of(path)
                    .filter(each -> each.startsWith(root) && each.getNameCount() == root.getNameCount() + 3)
                    .map(root::relativize);
        } catch (InvalidPathException noFile) { // such as standard input
            return Optional.empty();
        }
    }

    private Told behind(Told told, Path below) {
        String environment = below.getName(0).toString();
        return makers.computeIfAbsent(environment, name -> Makers.of(dist, name))
                .flatMap(made -> made.of("%s/%s".formatted(below.getName(1), below.getName(2))))
                .map(told::madeBy)
                .map(made -> known.computeIfAbsent(environment, this::keys).apply(made))
                .orElse(told);
    }

    private UnaryOperator<Told> keys(String environment) {
        Path file = environments.resolve(environment.concat(".yaml"));
        return Files.isRegularFile(file) ? keys.apply(file) : UnaryOperator.identity();
    }
}
