package io.meshwright.check.rule.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.platform.release.Bulletin;
import io.meshwright.platform.release.PublishedFaults;
import io.meshwright.value.Version;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A mesh runs a release of Istio of which no security fault is published [istio.io, news/security]. */
@AutoService(Inspection.class)
public final class ReleasesWithoutPublishedFaults implements Check {
    public static final Rule RELEASE_WITH_PUBLISHED_FAULT = Rule.warning("MESH312", "release_with_published_fault")
            .title("A release of Istio has security faults that are published")
            .consequence("Whoever reads the bulletin knows how to stop its proxies or to get past its policies.")
            .remedy("Take a release without the fault, or suppress the finding with owner, reason and expiry.");

    // istiod under its image's old name; a variant such as -distroless stands behind the release.
    private static final Pattern IMAGE = Pattern.compile(
            "(?:.*/)?pilot:v?((?:0|[1-9]\\d?)(?:\\.(?:0|[1-9]\\d?)){2})(?:-(?:distroless|debug))?(?:@.*)?");

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
                mesh.manifests().kind(Kind.DEPLOYMENT).stream().flatMap(ReleasesWithoutPublishedFaults::written));
    }

    /** An istiod whose chart is rendered already. */
    private static Stream<Finding> written(Manifest deployment) {
        List<JsonNode> containers = Fields.items(deployment.at("/spec/template/spec/containers"));
        return IntStream.range(0, containers.size()).boxed().flatMap(index -> {
            Matcher image = IMAGE.matcher(containers.get(index).path("image").asText(""));
            return image.matches()
                    ? finding(
                            Source.of(deployment)
                                    .item("spec/template/spec/containers", index)
                                    .field("image"),
                            Version.of(image.group(1)))
                    : Stream.empty();
        });
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
