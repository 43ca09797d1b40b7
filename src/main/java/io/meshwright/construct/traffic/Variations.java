package io.meshwright.construct.traffic;

import io.meshwright.value.Name;
import io.meshwright.value.Weight;
import io.meshwright.value.traffic.AbTest;
import io.meshwright.value.traffic.BlueGreen;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.traffic.Cookie;
import io.meshwright.value.traffic.HeaderOverride;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.traffic.Shadow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes of one route those that a release needs; each keeps everything else of the route. */
final class Variations {
    private final Backend backend;
    private final boolean streams;

    private Variations(Claim claim) {
        this.backend = claim.backend();
        this.streams = claim.route().streams();
    }

    static List<Variation> of(Claim claim) {
        Variations variations = new Variations(claim);
        return claim.release()
                .map(variations::of)
                .orElseGet(() ->
                        List.of(Variation.rest(List.of(Share.all(claim.backend(), Subsets.of(variations.streams))))));
    }

    private List<Variation> of(Release release) {
        if (release instanceof Canary canary) {
            return canary.isManaged() ? managed(canary) : weighted(canary);
        } else if (release instanceof AbTest test) {
            return groups(test);
        } else if (release instanceof BlueGreen blueGreen) {
            return List.of(Variation.rest(List.of(all(blueGreen.active()))));
        }
        Shadow shadow = (Shadow) release;
        Copies copies = new Copies(backend, Subsets.of(shadow.shadow().name(), streams), shadow.percent());
        return List.of(new Variation(
                RouteRule.Rank.REST,
                "",
                Optional.empty(),
                List.of(all(shadow.live().name())),
                Optional.of(copies),
                false));
    }

    private List<Variation> weighted(Canary canary) {
        List<Variation> variations = new ArrayList<>();
        HeaderOverride override = canary.override();
        if (override != null) {
            Name last = canary.versions().get(canary.versions().size() - 1).name();
            variations.add(overriding(override, all(override.to() == null ? last : override.to())));
        }
        Optional<Cookie> cookie = Optional.ofNullable(canary.sticky()).map(sticky -> sticky.cookie());
        canary.kept()
                .forEach(kept -> variations.add(Variation.narrow(
                        RouteRule.Rank.STICKY,
                        "at-%s".formatted(kept.version()),
                        kept.condition(),
                        all(kept.version()))));
        variations.add(Variation.rest(canary.versions().stream()
                .map(version -> new Share(
                        backend,
                        Subsets.of(version.name(), streams),
                        version.weight(),
                        cookie.map(c -> setCookie(c, version.name()))))
                .toList()));
        return variations;
    }

    private List<Variation> managed(Canary canary) {
        List<Variation> variations = new ArrayList<>();
        if (canary.override() != null) {
            // A route of our own: the controller's setHeaderRoute would lose CORS and rewrite (argo-rollouts#2895,
            // #3089).
            variations.add(overriding(canary.override(), Share.all(backend, Optional.of(Subsets.CANARY))));
        }
        List<Share> shares = List.of(
                Share.all(backend, Optional.of(Subsets.STABLE)),
                new Share(backend, Optional.of(Subsets.CANARY), Weight.of(0), Optional.empty()));
        variations.add(new Variation(RouteRule.Rank.REST, "", Optional.empty(), shares, Optional.empty(), true));
        return variations;
    }

    private List<Variation> groups(AbTest test) {
        List<Variation> variations = new ArrayList<>();
        test.versions().stream()
                .filter(version -> !version.groups().isEmpty())
                .forEach(version -> variations.add(Variation.narrow(
                        RouteRule.Rank.GROUP,
                        "for-%s".formatted(version.name()),
                        test.by().condition(version.groups()),
                        all(version.name()))));
        test.versions().stream()
                .filter(version -> version.groups().isEmpty())
                .forEach(version -> variations.add(Variation.rest(List.of(all(version.name())))));
        return variations;
    }

    private Share all(Name version) {
        return Share.all(backend, Subsets.of(version, streams));
    }

    private static Variation overriding(HeaderOverride override, Share share) {
        return Variation.narrow(
                RouteRule.Rank.OVERRIDE, "by-%s".formatted(override.header()), override.condition(), share);
    }

    private static String setCookie(Cookie cookie, Name version) {
        return "%s=%s; Max-Age=%d; Path=/; HttpOnly; SameSite=Lax"
                .formatted(cookie.name(), version, cookie.ttl().seconds());
    }
}
