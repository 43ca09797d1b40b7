package io.meshwright.environment.agreement;

import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Problem;
import io.meshwright.environment.reader.Reading.Accepted;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.InvalidValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses what is wrong with several environment files together, each of which is right by itself. A file is often made
 * by copying another one, whose cluster it must not overwrite.
 */
public final class Neighbours {
    private static final String SUFFIX = ".yaml";

    private Neighbours() {}

    /** One file of the folder. */
    public record Neighbour(Path file, Accepted<Environment> reading) {
        Environment environment() {
            return reading.value();
        }

        /** Returns the file's name for its environment, which is its folder in dist. */
        String stem() {
            String name = file.getFileName().toString();
            return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        }

        /** Place of its manifests for Argo CD: two environments at one place overwrite each other. */
        String place() {
            String repository = environment().delivery().repository().toString().replaceFirst("(\\.git)?/?$", "");
            return "%s %s".formatted(repository, path().replaceFirst("/$", ""));
        }

        String path() {
            return environment().delivery().pathOf(environment().metadata());
        }
    }

    /** Problems of each of {@code files}, beside the others of their folder; in the order of the files. */
    public static List<Problem> refusals(List<Neighbour> files, List<Neighbour> others) {
        List<Neighbour> all = new ArrayList<>(others);
        all.addAll(files);
        List<Problem> problems = new ArrayList<>();
        for (Neighbour file : files) {
            List<InvalidValue> refusals = misnamed(file)
                    .or(() -> delivered(file, all))
                    .map(List::of)
                    .orElseGet(() -> ClusterSharing.refusals(file, all));
            problems.addAll(file.reading().places().of(new InvalidValues(refusals)));
        }
        return problems;
    }

    private static Optional<InvalidValue> misnamed(Neighbour file) {
        String name = file.environment().metadata().name().toString();
        return name.equals(file.stem())
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        "metadata.name",
                        "\"%s\" would be written to the folder of %s%s".formatted(name, name, SUFFIX),
                        "write \"%s\", or rename the file to %s%s".formatted(file.stem(), name, SUFFIX)));
    }

    private static Optional<InvalidValue> delivered(Neighbour file, List<Neighbour> all) {
        return all.stream()
                .filter(other ->
                        !other.file().equals(file.file()) && other.place().equals(file.place()))
                .filter(other -> misnamed(other).isEmpty()) // of a copy with another's name that is told, and enough
                .findFirst()
                .map(other -> new InvalidValue(
                        file.environment().delivery().path() == null ? "delivery" : "delivery.path",
                        "\"%s\" of %s is where %s is delivered from too"
                                .formatted(
                                        file.path(),
                                        file.environment().delivery().repository(),
                                        other.file().getFileName()),
                        "give each environment a path or a repository of its own"));
    }
}
