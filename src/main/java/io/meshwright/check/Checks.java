package io.meshwright.check;

import io.meshwright.manifest.Manifests;
import io.meshwright.manifest.Reading;
import io.meshwright.manifest.Unreadable;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.value.Day;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Stream;

/** Runs every check of the registry. */
public final class Checks {
    private Checks() {}

    /** Begins what every run needs and takes long to make, while the caller still reads. */
    public static void prepare() {
        ForkJoinPool.commonPool().execute(Registry::all);
    }

    /** Checks a mesh; suppressed findings are left out. */
    public static Findings run(Mesh mesh) {
        return Suppressions.of(mesh.manifests())
                .applyTo(new Findings(
                        Stream.concat(ofDocuments(mesh.manifests()), breaches(mesh, List.of(), Verdicts.none()))
                                .toList()));
    }

    /**
     * Checks all that was read, by default for every version that the manifests name; suppressed findings are left out.
     */
    public static Findings run(Reading reading, Optional<IstioVersion> version) {
        return run(reading, version, Verdicts.none());
    }

    /** The same where an earlier run has looked at some of the objects. */
    public static Findings run(Reading reading, Optional<IstioVersion> version, Verdicts verdicts) {
        // A copy of an object changes nothing for anybody, and dozens of copies would cost minutes.
        return run(reading, Mesh.of(reading.manifests().distinct(), version), version, verdicts);
    }

    /** The same where the caller has the mesh of the distinct manifests already. */
    public static Findings run(Reading reading, Mesh oldest, Optional<IstioVersion> version) {
        return run(reading, oldest, version, Verdicts.none());
    }

    /** The same where another mesh has the same objects. */
    public static Findings run(Reading reading, Mesh oldest, Optional<IstioVersion> version, Verdicts verdicts) {
        Manifests distinct = oldest.manifests();
        List<IstioVersion> newer = version.isPresent()
                ? List.of()
                : oldest.installation().versions().stream().skip(1).toList();
        Stream<Finding> found = Stream.of(
                        reading.unreadable().stream().map(Flaws::finding),
                        ofDocuments(reading.manifests()),
                        breaches(oldest, reading.unreadable(), verdicts),
                        newer.stream()
                                .flatMap(each -> breaches(Mesh.of(distinct, each), reading.unreadable(), verdicts)))
                .flatMap(findings -> findings);
        // Once for all releases, since a suppression may be needed for one of them only.
        return Suppressions.of(reading.manifests()).applyTo(new Findings(found.toList()));
    }

    /**
     * Exceptions and certificates that a day finds over; apart from the rest, because nothing else depends on when it
     * is asked.
     */
    public static Findings expired(Reading reading, Day today) {
        return new Findings(Registry.of(CalendarCheck.class)
                .flatMap(check -> check.run(reading.manifests(), today))
                .toList());
    }

    /** Leaves out what these Suppressions name as well. */
    public static Findings suppressed(Findings findings, Reading suppressions) {
        Findings remaining = Suppressions.of(suppressions.manifests()).applyTo(findings);
        return Findings.together(List.of(
                remaining,
                new Findings(
                        suppressions.unreadable().stream().map(Flaws::finding).toList())));
    }

    private static Stream<Finding> ofDocuments(Manifests manifests) {
        return Registry.of(DocumentCheck.class).flatMap(check -> check.run(manifests));
    }

    private static Stream<Finding> breaches(Mesh mesh, List<Unreadable> unread, Verdicts verdicts) {
        Doubts doubts = new Doubts(mesh.manifests(), unread);
        // A task for each, since they differ a hundredfold in what they cost and a parallel stream would deal them in
        // blocks. The sweeps go first, which take longest.
        List<ForkJoinTask<List<Suspicion>>> sweeps = Registry.of(Sweep.class)
                .map(sweep -> ForkJoinTask.adapt(() -> sweep.run(mesh).toList()).fork())
                .toList();
        List<ForkJoinTask<List<Finding>>> tasks = Registry.of(Check.class)
                .map(check -> ForkJoinTask.adapt(
                        () -> found(check, mesh, verdicts).map(doubts::weighed).toList()))
                .toList();
        List<Finding> found = ForkJoinTask.invokeAll(tasks).stream()
                .flatMap(task -> task.join().stream())
                .toList();
        Explained explained = new Explained(found);
        Stream<Finding> swept = sweeps.stream()
                .flatMap(task -> task.join().stream())
                .filter(suspicion -> !explained.covers(suspicion))
                .map(suspicion -> doubts.weighed(suspicion.finding()));
        return Stream.concat(found.stream(), swept);
    }

    private static Stream<Finding> found(Check check, Mesh mesh, Verdicts verdicts) {
        return check instanceof ObjectCheck single ? verdicts.of(single, mesh) : check.run(mesh);
    }
}
