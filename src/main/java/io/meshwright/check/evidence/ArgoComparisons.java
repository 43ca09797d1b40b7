package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.ArgoNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects that Argo CD compares with the cluster by itself, as far as the manifests tell, and what it ignores. */
public final class ArgoComparisons {
    private static final String MARK = ArgoNames.ARGO_CD;
    private static final String OPTIONS = MARK.concat("compare-options");
    // A dry run of the API server answers with its defaults [argo-cd, user-guide/diff-strategies].
    private static final String BY_SERVER = "ServerSideDiff=true";
    private static final String ALL_BY_SERVER = "controller.diff.server.side";

    private final AppliedFolders folders;
    private final List<Delivery> deliveries;
    private final boolean byServer;
    private final boolean unplaced;

    public ArgoComparisons(Manifests manifests) {
        this.folders = new AppliedFolders(manifests);
        this.deliveries = folders.applied()
                .filter(application -> AppliedFolders.sources(application).stream()
                        .anyMatch(source -> source.value().path("path").isTextual()))
                .map(Delivery::new)
                .toList();
        this.unplaced = !deliveries.isEmpty() && deliveries.stream().noneMatch(each -> folders.any(each.application()));
        this.byServer = manifests.kind(Kind.CONFIG_MAP).stream()
                        .anyMatch(map -> map.name().equals("argocd-cmd-params-cm")
                                && isTrue(map.at("/data").path(ALL_BY_SERVER)))
                || manifests.kind(Kind.APPLICATION).stream()
                        .anyMatch(application -> isTrue(application
                                .at("/spec/source/helm/valuesObject/configs/params")
                                .path(ALL_BY_SERVER)));
    }

    /** The objects that one Application delivers, and how it compares them. */
    private record Delivery(Source application) {
        boolean byServer() {
            return application
                    .value()
                    .at("/metadata/annotations")
                    .path(OPTIONS)
                    .asText("")
                    .contains(BY_SERVER);
        }

        boolean ignores(Manifest object, String pointer) {
            return Fields.items(application.value().at("/spec/ignoreDifferences")).stream()
                    .filter(entry -> isAbout(entry, object))
                    .anyMatch(entry -> Fields.texts(entry.path("jsonPointers")).stream()
                                    .anyMatch(ignored ->
                                            pointer.equals(ignored) || pointer.startsWith(ignored.concat("/")))
                            || Fields.texts(entry.path("jqPathExpressions")).stream()
                                    .anyMatch(query -> covers(query, pointer)));
        }

        private static boolean isAbout(JsonNode entry, Manifest object) {
            return Stream.of(object.kind().group(), "*")
                            .anyMatch(entry.path("group").asText("")::equals)
                    && Stream.of(object.kind().name(), "*")
                            .anyMatch(entry.path("kind").asText("")::equals)
                    && Stream.of(object.name(), "").anyMatch(entry.path("name").asText("")::equals);
        }

        /** The items that a query means are not asked for: who writes one knows of the difference. */
        private static boolean covers(String query, String pointer) {
            List<String> asked = names(query.replaceAll("select\\([^)]*\\)|\\[[^\\]]*\\]|[?|\" ]", ""), "\\.+");
            List<String> meant = names(pointer, "/").stream()
                    .filter(name -> !name.matches("\\d+"))
                    .toList();
            return Collections.indexOfSubList(meant, asked) == 0;
        }
    }

    private static List<String> names(String path, String between) {
        return Arrays.stream(path.split(between))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
    }

    private static boolean isTrue(JsonNode value) {
        return value.asText("").equals("true");
    }

    /** True if the API server does all comparing. */
    public boolean areByServer() {
        return byServer;
    }

    /**
     * Returns how sure it is that Argo CD compares the object by itself: a warning where an Application names its
     * folder or the object speaks of Argo CD, a note where the folders of all Applications are not these, else empty.
     */
    public Optional<Severity> severity(Manifest object) {
        List<Delivery> own = of(object);
        if (!own.isEmpty()) {
            return own.stream().allMatch(Delivery::byServer) ? Optional.empty() : Optional.of(Severity.WARNING);
        }
        boolean marked = Stream.of(object.annotations(), object.labels())
                .anyMatch(marks -> marks.keySet().stream().anyMatch(name -> name.startsWith(MARK)));
        return marked ? Optional.of(Severity.WARNING) : unplaced ? Optional.of(Severity.INFO) : Optional.empty();
    }

    /** True if Argo CD passes over a difference there. */
    public boolean ignore(Manifest object, String pointer) {
        List<Delivery> own = of(object);
        return (own.isEmpty() ? deliveries : own).stream().anyMatch(delivery -> delivery.ignores(object, pointer));
    }

    private List<Delivery> of(Manifest object) {
        return deliveries.stream()
                .filter(delivery -> folders.apply(delivery.application(), object))
                .toList();
    }
}
