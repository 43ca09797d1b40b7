package io.meshwright.check.rule.delivery;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A path by which an Application ignores a difference leads to a field: a JSON pointer begins with a slash and knows no
 * wildcard (RFC 6901), and jq's paths begin with no slash [argo-rollouts#2463].
 */
@AutoService(Inspection.class)
public final class DifferencesFound implements Check {
    public static final Rule IGNORED_PATH_FITS_NOTHING = Rule.warning("MESH412", "ignored_path_fits_nothing")
            .title("An Application ignores differences at a path that leads nowhere")
            .consequence("Nothing is ignored: the Application stays OutOfSync, and with selfHeal Argo CD undoes what a"
                    + " controller wrote, such as the weights of a release.")
            .remedy("Write jqPathExpressions for all items of a list, such as .spec.http[].route[].weight, or a pointer"
                    + " that begins with a slash and ends at the list.");

    @Override
    public List<Rule> rules() {
        return List.of(IGNORED_PATH_FITS_NOTHING);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                        mesh.manifests().kind(Kind.APPLICATION).stream().map(found -> at(found, "/spec")),
                        mesh.manifests().kind(Kind.APPLICATION_SET).stream()
                                .map(found -> at(found, "/spec/template/spec")))
                .flatMap(spec -> spec.items("ignoreDifferences"))
                .flatMap(entry -> Stream.concat(
                        entry.items("jsonPointers").flatMap(path -> pointer(path).stream()),
                        entry.items("jqPathExpressions").flatMap(path -> query(path).stream())));
    }

    private static Source at(Manifest owner, String pointer) {
        return Source.of(owner).at(pointer);
    }

    private static Optional<Finding> pointer(Source place) {
        String path = place.value().asText("");
        if (!path.startsWith("/")) {
            return Optional.of(IGNORED_PATH_FITS_NOTHING.at(place, "\"%s\" is no JSON pointer".formatted(path)));
        }
        return Arrays.stream(path.split("/"))
                .filter(part -> part.equals("*") || part.endsWith("[]") || part.endsWith("[*]"))
                .findFirst()
                .map(part -> IGNORED_PATH_FITS_NOTHING.at(
                        place,
                        "the JSON pointer \"%s\" means a field of the name \"%s\", since pointers know no wildcard"
                                .formatted(path, part)));
    }

    private static Optional<Finding> query(Source place) {
        String path = place.value().asText("");
        return path.startsWith("/")
                ? Optional.of(IGNORED_PATH_FITS_NOTHING.at(
                        place, "\"%s\" is a JSON pointer, and no path of jq".formatted(path)))
                : Optional.empty();
    }
}
