package io.meshwright.check.rule.installation;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.platform.release.Bulletin;
import io.meshwright.platform.release.PublishedFaults;
import io.meshwright.value.Version;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A mesh runs a release of Istio of which no security fault is published [istio.io, news/security]. */
@AutoService(Inspection.class)
public final class ReleasesWithoutPublishedFaults implements Check {
    public static final Rule RELEASE_WITH_PUBLISHED_FAULT = Rule.warning("MESH312", "release_with_published_fault")
            .title("A release of Istio has security faults that are published")
            .consequence("Whoever reads the bulletin knows how to stop its proxies or to get past its policies.")
            .remedy("Take a release without the fault, or suppress the finding with owner, reason and expiry.");

    @Override
    public List<Rule> rules() {
        return List.of(RELEASE_WITH_PUBLISHED_FAULT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                mesh.installation().named().entrySet().stream()
                        .flatMap(named ->
                                finding(named.getKey(), named.getValue().version())),
                mesh.installation().rendered().stream()
                        .flatMap(istiod ->
                                finding(istiod.image(), istiod.release().version())));
    }

    private static Stream<Finding> finding(Source named, Version release) {
        PublishedFaults faults = PublishedFaults.of(release);
        if (faults.areNone()) {
            return Stream.empty();
        }
        String silence = faults.areOfUnsupportedLine()
                ? "; bulletins after the end of %s's support do not look at it".formatted(release.line())
                : "";
        return Stream.of(RELEASE_WITH_PUBLISHED_FAULT
                .at(named, "Istio %s has the faults of %s%s".formatted(release, faults, silence))
                .remedy(remedy(faults)));
    }

    private static String remedy(PublishedFaults faults) {
        PublishedFaults newest = PublishedFaults.ofNewest();
        Optional<PublishedFaults> patch = faults.ofNewestPatch();
        if (patch.filter(PublishedFaults::areNone).isPresent()) {
            return "Take %s, which has none of those published up to %s."
                    .formatted(patch.get().release(), patch.get().read());
        }
        String meanwhile = patch.filter(
                        next -> next.bulletins().size() < faults.bulletins().size())
                .map(next -> " Until then %s is without those of %s.".formatted(next.release(), mended(faults, next)))
                .orElse("");
        return "Go to %s, which has none of those published up to %s.%s"
                .formatted(newest.release(), newest.read(), meanwhile);
    }

    private static String mended(PublishedFaults faults, PublishedFaults next) {
        return faults.bulletins().stream()
                .filter(bulletin -> !next.bulletins().contains(bulletin))
                .map(Bulletin::name)
                .collect(Collectors.joining(", "));
    }
}
