package io.meshwright.platform.release;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Require;
import io.meshwright.value.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps by which a mesh moves from one Istio to another with revisions, each as far as Istio supports. */
public record IstioUpgradePath(List<Step> steps) {
    public IstioUpgradePath {
        steps = List.copyOf(steps);
    }

    /**
     * Two control planes side by side, then the newer one alone.
     *
     * @param kubernetes where both run: the cluster is on one of these while the step lasts
     */
    public record Step(Version from, Version to, VersionRange kubernetes) {}

    /** The way to the newest release of the table; empty where the minor is still supported. */
    public static IstioUpgradePath toSupported(Version from) {
        return from.line().isAtLeast(Table.KNOWN.istio().oldestSupported())
                ? new IstioUpgradePath(List.of())
                : between(from, newest());
    }

    /** The newest Istio release of the table. */
    public static Version newest() {
        List<Table.Line> lines = IstioLines.ascending();
        return lines.get(lines.size() - 1).release();
    }

    /** Empty steps where both are of one minor; {@link InvalidValue} where the table has no way between them. */
    public static IstioUpgradePath between(Version from, Version to) {
        IstioLines.line(from);
        IstioLines.line(to);
        if (!to.isAtLeast(from)) {
            throw new InvalidValue(
                    IstioLines.KEY,
                    "Istio \"%s\" is older than \"%s\"".formatted(to, from),
                    "a downgrade is a rollback: move the tag back to the revision that still runs");
        }
        List<Step> steps = new ArrayList<>();
        Version at = from;
        while (!at.line().equals(to.line())) {
            Step step = next(at, to);
            steps.add(step);
            at = step.to();
        }
        return new IstioUpgradePath(steps);
    }

    /**
     * One step, from the revision that serves to the one beside it.
     *
     * @throws InvalidValue when it leads back, skips more minors than Istio supports, or no Kubernetes runs both
     */
    public static Step step(Version from, Version to) {
        Require.that(
                !from.isAtLeast(to),
                "istio.from",
                "\"%s\" is not older than \"%s\"".formatted(from, to),
                "write the release that serves today");
        int minors = to.minor() - from.minor();
        int most = Table.KNOWN.istio().minorsPerRevisionUpgrade();
        if (minors > most) {
            throw new InvalidValue(
                    IstioLines.KEY,
                    "from Istio \"%s\" to \"%s\" is %d minors at once, and at most %d are supported"
                            .formatted(from, to, minors, most),
                    "go by way of %s".formatted(next(from, to).to()));
        }
        return both(from, to)
                .map(kubernetes -> new Step(from, to, kubernetes))
                .orElseThrow(() -> new InvalidValue(
                        IstioLines.KEY,
                        "no Kubernetes runs Istio \"%s\" and \"%s\" side by side".formatted(from, to),
                        "take a smaller step"));
    }

    /** The release of the one CNI node agent, which serves both control planes of a step or a single one. */
    public static IstioRelease agent(Version from, Version to) {
        Version between = Version.of("%d.%d".formatted(from.major(), from.minor() + 1));
        boolean spans = to.minor() - from.minor() > 1;
        return IstioLines.of(
                !spans
                        ? to
                        : Table.KNOWN.istio().agents().stream()
                                .filter(release -> release.line().equals(between))
                                .findFirst()
                                .orElseThrow(() -> new InvalidValue(
                                        IstioLines.KEY,
                                        "no CNI node agent serves both Istio \"%s\" and \"%s\"".formatted(from, to),
                                        "take a step of one minor")));
    }

    /** As far as is supported, and no further than {@code to}. */
    private static Step next(Version at, Version to) {
        int furthest = at.minor() + Table.KNOWN.istio().minorsPerRevisionUpgrade();
        Step found = null;
        for (Table.Line line : IstioLines.ascending()) {
            boolean between =
                    line.minor().minor() > at.minor() && line.minor().minor() <= Math.min(furthest, to.minor());
            Version release = line.minor().equals(to.line()) ? to : line.release();
            Optional<VersionRange> kubernetes = between ? both(at, release) : Optional.empty();
            found = kubernetes.map(range -> new Step(at, release, range)).orElse(found);
        }
        if (found == null) {
            throw new InvalidValue(
                    IstioLines.KEY,
                    "the compatibility table knows no step from Istio \"%s\" towards \"%s\"".formatted(at, to),
                    "add the minor between them to the table");
        }
        return found;
    }

    private static Optional<VersionRange> both(Version from, Version to) {
        return IstioLines.line(from).kubernetes().and(IstioLines.line(to).kubernetes());
    }
}
