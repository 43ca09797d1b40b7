package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Weight;
import io.meshwright.value.Word;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends a share of the requests to a new version: by weights in the file, or step by step by Argo Rollouts. */
@Word("canary")
@Doc("Sends a share of the requests to a new version.")
public record Canary(
        @Defaulted @Doc("plain: the weights below; rollouts: Argo Rollouts goes through steps; default plain.")
        Engine engine,

        @Defaulted @Doc("Versions and weights, which add up to 100; for plain.")
        List<Version> versions,

        @Nullable @Doc("A header that leads to the new version whatever the weights are.")
        HeaderOverride override,

        @Nullable @Doc("Keeps a visitor at the version of his first request; for plain, through the gateway.")
        Sticky sticky,

        @Defaulted @Doc("Weights of the new version, one after the other; for rollouts.")
        List<Step> steps,

        @Nullable @Doc("When the new version is taken back; for rollouts.")
        Analysis analysis)
        implements Release {
    private static final int ALL = 100;

    public Canary {
        engine = engine == null ? Engine.PLAIN : engine;
        versions = versions == null ? List.of() : List.copyOf(versions);
        steps = steps == null ? List.of() : List.copyOf(steps);
        if (engine == Engine.PLAIN) {
            weighted(versions);
            Require.that(
                    steps.isEmpty(),
                    "steps",
                    "need somebody who goes through them",
                    "use engine: rollouts, or weights in versions");
            Require.that(
                    analysis == null,
                    "analysis",
                    "needs somebody who acts on it",
                    "use engine: rollouts, or remove it");
            chosen(versions, override);
            Require.that(
                    sticky == null || sticky.header() == null,
                    "sticky.header",
                    "cannot go together with weights, because Istio draws the version before it hashes anything",
                    "use sticky.cookie, or type: abTest by that header");
        } else {
            Require.that(
                    versions.isEmpty(), "versions", "are made by Argo Rollouts", "remove them, or use engine: plain");
            Require.that(
                    sticky == null,
                    "sticky",
                    "cannot go together with engine: rollouts, because its canary has no pods between two releases",
                    "remove it, or use engine: plain");
            Require.that(
                    override == null || override.to() == null, "override.to", "is always the canary here", "remove it");
            rising(Require.notEmpty("steps", steps));
            analysis = analysis == null ? Analysis.defaults() : analysis;
            measured(steps, analysis);
        }
    }

    /** Weighted versions, without Argo Rollouts. */
    public static Canary plain(List<Version> versions, @Nullable HeaderOverride override) {
        return new Canary(Engine.PLAIN, versions, override, null, null, null);
    }

    /** Steps that Argo Rollouts goes through. */
    public static Canary rollouts(List<Step> steps, @Nullable HeaderOverride override, @Nullable Analysis analysis) {
        return new Canary(Engine.ROLLOUTS, null, override, null, steps, analysis);
    }

    @Override
    public List<Variant> variants() {
        return versions.stream()
                .map(version -> new Variant(version.name(), version.image()))
                .toList();
    }

    @Override
    public Optional<Weight> share(Name version) {
        return versions.stream()
                .filter(each -> each.name().equals(version))
                .map(Version::weight)
                .findFirst();
    }

    @Override
    public List<RouteMatch.Condition> conditions() {
        return Stream.concat(Stream.ofNullable(override).map(HeaderOverride::condition), kept().map(Kept::condition))
                .toList();
    }

    /**
     * The versions that keep their visitors, with the cookie that says so. One without weight keeps nobody: setting it
     * to 0 brings its visitors back at once.
     */
    public Stream<Kept> kept() {
        Cookie cookie = sticky == null ? null : sticky.cookie();
        return cookie == null
                ? Stream.empty()
                : versions.stream()
                        .filter(version -> version.weight().value() > 0)
                        .map(version -> new Kept(version.name(), cookie.condition(version.name())));
    }

    /** A version and how its visitors are known. */
    public record Kept(Name version, RouteMatch.Condition condition) {}

    @Override
    public boolean isManaged() {
        return engine == Engine.ROLLOUTS;
    }

    private static void weighted(List<Version> versions) {
        Require.that(
                versions.size() > 1,
                "versions",
                "has %d entries, so there is no second version".formatted(versions.size()),
                "give at least two with their weights");
        Release.distinct("versions", versions.stream().map(Version::name).toList());
        int sum =
                versions.stream().mapToInt(version -> version.weight().value()).sum();
        Require.that(sum == ALL, "versions", "the weights add up to \"%d\"".formatted(sum), "make them add up to 100");
    }

    private static void chosen(List<Version> versions, @Nullable HeaderOverride override) {
        Require.that(
                override == null
                        || override.to() == null
                        || versions.stream().anyMatch(v -> v.name().equals(override.to())),
                "override.to",
                "\"%s\" is none of the versions".formatted(override == null ? "" : override.to()),
                "name one of versions");
    }

    private static void rising(List<Step> steps) {
        for (int i = 1; i < steps.size(); i++) {
            Weight before = steps.get(i - 1).weight();
            Require.that(
                    steps.get(i).weight().compareTo(before) > 0,
                    "steps[%d].weight".formatted(i),
                    "\"%s\" is not above the step before, %s"
                            .formatted(steps.get(i).weight(), before),
                    "let the weights rise");
        }
    }

    private static void measured(List<Step> steps, Analysis analysis) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Require.that(
                    step.approve() || step.pause().compareTo(analysis.firstResult()) >= 0,
                    "steps[%d].pause".formatted(i),
                    "\"%s\" ends before the analysis has a first result after %s"
                            .formatted(step.pause(), analysis.firstResult()),
                    "pause longer, or shorten analysis.window");
        }
    }

    /** The engine that moves the weights. */
    public enum Engine {
        @Word("plain")
        PLAIN,
        @Word("rollouts")
        ROLLOUTS
    }

    /** One version and its share. */
    @Doc("One version and its share.")
    public record Version(
            @Required @Doc("Value of the version label.") Name name,
            @Required @Doc("Share of the requests.") Weight weight,

            @Nullable @Doc("Its image; default: the service's.")
            ImageReference image) {
        public Version {
            Require.present("name", name);
            Require.present("weight", weight);
        }

        public static Version of(String name, int weight) {
            return new Version(Name.of(name), Weight.of(weight), null);
        }
    }
}
