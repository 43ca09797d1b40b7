package io.meshwright.check.rule.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import com.google.re2j.Pattern;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A difference that Argo CD ignores in a list takes no change of Git's with it. Custom resources have no keys by which
 * lists are merged: with RespectIgnoreDifferences the live list takes the place of Git's whole list [argo-cd#27480],
 * and a field manager that wrote one item of a list owns all of it [argo-rollouts#3854].
 */
@AutoService(Inspection.class)
public final class ChangesArrive implements Check {
    public static final Rule CHANGE_SWALLOWED = Rule.warning("MESH309", "change_swallowed")
            .title("An Application ignores a difference in a way that keeps other changes from the cluster")
            .consequence("What Git changes in that list never arrives, and the sync says that it succeeded.")
            .remedy("Remove RespectIgnoreDifferences=true and set ApplyOutOfSyncOnly=true; ignore single fields and no"
                    + " managers.");

    private static final Pattern ITEM = Pattern.compile("\\[\\s*-?\\d*\\s*\\]|\\bmap\\(|\\bfirst\\b|\\blast\\b");
    private static final Pattern INDEX = Pattern.compile("/(\\d+|-)(/|$)");
    // Istio's lists are atomic for the API server: none of them declares a merge key.
    private static final Set<Kind> ATOMIC = Set.of(Kind.VIRTUAL_SERVICE, Kind.DESTINATION_RULE);

    @Override
    public List<Rule> rules() {
        return List.of(CHANGE_SWALLOWED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.APPLICATION).stream().flatMap(ChangesArrive::findings);
    }

    private static Stream<Finding> findings(Manifest application) {
        boolean respected = application.texts("/spec/syncPolicy/syncOptions").contains("RespectIgnoreDifferences=true");
        List<JsonNode> ignored = Fields.items(application.at("/spec/ignoreDifferences"));
        return IntStream.range(0, ignored.size()).boxed().flatMap(index -> {
            Source at = Source.of(application).at("/spec").item("ignoreDifferences", index);
            return swallows(ignored.get(index), respected).stream().map(message -> CHANGE_SWALLOWED.at(at, message));
        });
    }

    private static Optional<String> swallows(JsonNode ignored, boolean respected) {
        Kind kind =
                new Kind(ignored.path("group").asText(""), ignored.path("kind").asText(""));
        Optional<String> item = Stream.concat(
                        Fields.texts(ignored.path("jqPathExpressions")).stream()
                                .filter(path -> ITEM.matcher(path).find()),
                        Fields.texts(ignored.path("jsonPointers")).stream()
                                .filter(path -> INDEX.matcher(path).find()))
                .findFirst();
        if (respected && item.isPresent() && isCustom(kind)) {
            return Optional.of(
                    ("it ignores \"%s\" inside a list of %s, and RespectIgnoreDifferences=true then keeps the "
                                    + "whole live list")
                            .formatted(item.get(), kind.name()));
        }
        return Fields.texts(ignored.path("managedFieldsManagers")).stream()
                .filter(manager -> ATOMIC.contains(kind))
                .findFirst()
                .map(manager ->
                        "it ignores what \"%s\" owns, and whoever writes one item of a list of %s owns all of it"
                                .formatted(manager, kind.name()));
    }

    /** Kubernetes' own groups have no dot or end in k8s.io; what else ends so is taken for one of them. */
    private static boolean isCustom(Kind kind) {
        return kind.group().contains(".") && !kind.group().endsWith(".k8s.io")
                || kind.group().equals("gateway.networking.k8s.io");
    }
}
