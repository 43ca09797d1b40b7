package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.Fixtures;
import io.meshwright.construct.delivery.chart.ChartKinds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Argo CD's project admits every object that was rendered, and an Application applies every folder. */
class ProjectTest {
    static List<String> environments() {
        return Fixtures.names();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void the_project_admits_every_object(String environment) {
        JsonNode project = manifest(environment, "AppProject");
        Set<String> cluster = kinds(project.at("/spec/clusterResourceWhitelist"));
        Set<String> namespaced = kinds(project.at("/spec/namespaceResourceWhitelist"));
        Set<String> namespaces = new HashSet<>(
                StreamSupport.stream(project.at("/spec/destinations").spliterator(), false)
                        .map(each -> each.path("namespace").asText())
                        .toList());
        List<String> refused = new ArrayList<>();
        Fixtures.manifests(environment).forEach((path, manifest) -> {
            if (path.split("/")[1].equals("bootstrap")) {
                return;
            }
            String namespace = manifest.at("/metadata/namespace").asText();
            if (!(namespace.isEmpty() ? cluster : namespaced).contains(kind(manifest))
                    || !namespace.isEmpty() && !namespaces.contains(namespace)) {
                refused.add(path);
            }
        });

        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void the_project_admits_nothing_more(String environment) {
        Set<String> applied = new HashSet<>();
        Fixtures.manifests(environment).forEach((path, manifest) -> applied.add(kind(manifest)));
        ChartKinds.clusterScoped().forEach(kind -> applied.add("%s/%s".formatted(kind.group(), kind.kind())));
        ChartKinds.namespaced().forEach(kind -> applied.add("%s/%s".formatted(kind.group(), kind.kind())));
        JsonNode project = manifest(environment, "AppProject");

        assertThat(kinds(project.at("/spec/clusterResourceWhitelist")))
                .isNotEmpty()
                .isSubsetOf(applied);
        assertThat(kinds(project.at("/spec/namespaceResourceWhitelist")))
                .isNotEmpty()
                .isSubsetOf(applied);
        assertThat(project.at("/spec").toString()).doesNotContain("*");
        assertThat(StreamSupport.stream(project.at("/spec/destinations").spliterator(), false)
                        .map(each -> each.path("namespace").asText()))
                .isSubsetOf(namespaces(environment));
    }

    @ParameterizedTest
    @MethodSource("environments")
    void every_application_keeps_to_git(String environment) {
        Fixtures.manifests(
                        environment,
                        (path, manifest) -> manifest.path("kind").asText().equals("Application"))
                .forEach((path, manifest) -> {
                    assertThat(manifest.at("/spec/syncPolicy/automated/prune").asBoolean())
                            .as(path)
                            .isTrue();
                    assertThat(manifest.at("/spec/syncPolicy/automated/selfHeal")
                                    .asBoolean())
                            .as(path)
                            .isTrue();
                    assertThat(manifest.at("/spec/syncPolicy/retry/limit").asInt())
                            .as(path)
                            .isNotZero();
                    assertThat(manifest.at("/spec/syncPolicy/syncOptions").toString())
                            .as(path)
                            .contains("ServerSideApply=true", "ApplyOutOfSyncOnly=true")
                            .doesNotContain("RespectIgnoreDifferences");
                    assertThat(manifest.at("/metadata/annotations").has("argocd.argoproj.io/sync-wave"))
                            .as(path)
                            .isTrue();
                });
    }

    @ParameterizedTest
    @MethodSource("environments")
    void what_guards_the_services_stands_before_their_pods(String environment) {
        Fixtures.manifests(environment, (path, manifest) -> path.contains("services/"))
                .forEach((path, manifest) -> {
                    boolean guards = Set.of(
                                    "AuthorizationPolicy",
                                    "PeerAuthentication",
                                    "RequestAuthentication",
                                    "ServiceEntry",
                                    "Sidecar")
                            .contains(manifest.path("kind").asText());
                    int wave = manifest.at("/metadata/annotations")
                            .path("argocd.argoproj.io/sync-wave")
                            .asInt(0);
                    assertThat(wave).as(path).isEqualTo(guards ? -1 : 0);
                });
    }

    @ParameterizedTest
    @MethodSource("environments")
    void a_workload_of_the_services_goes_when_what_takes_its_place_is_healthy(String environment) {
        assertThat(Fixtures.manifests(environment).entrySet())
                .filteredOn(entry -> entry.getKey().contains("services/")
                        && Set.of("Deployment", "StatefulSet", "Rollout")
                                .contains(entry.getValue().path("kind").asText()))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.getValue()
                                .at("/metadata/annotations/argocd.argoproj.io~1sync-options")
                                .asText())
                        .as(entry.getKey())
                        .isEqualTo("PruneLast=true"));
    }

    @ParameterizedTest
    @MethodSource("environments")
    void nothing_that_cannot_be_made_again_goes_without_a_persons_word(String environment) {
        Set<String> protectedKinds = Set.of("/Namespace", "/PersistentVolumeClaim", "argoproj.io/AppProject");
        Fixtures.manifests(
                        environment,
                        (path, manifest) -> protectedKinds.contains(kind(manifest))
                                || manifest.path("kind").asText().equals("Application")
                                        && manifest.at("/spec/source").has("chart"))
                .forEach((path, manifest) -> {
                    assertThat(manifest.at("/metadata/annotations/argocd.argoproj.io~1sync-options")
                                    .asText())
                            .as(path)
                            .isEqualTo("Prune=confirm,Delete=confirm");
                });
    }

    @ParameterizedTest
    @MethodSource("environments")
    void every_folder_has_an_application_and_every_application_its_folder(String environment) {
        Set<String> folders = new HashSet<>();
        Set<String> applied = new HashSet<>();
        Fixtures.manifests(environment).forEach((path, manifest) -> {
            folders.add(path.split("/")[1]);
            if (manifest.path("kind").asText().equals("Application")
                    && manifest.at("/spec/source").has("path")) {
                String folder = manifest.at("/spec/source/path").asText();
                applied.add(folder.substring(folder.lastIndexOf('/') + 1));
                assertThat(manifest.at("/spec/source").has("directory"))
                        .as(path)
                        .isFalse();
            }
        });
        folders.remove("bootstrap");

        assertThat(applied).isEqualTo(folders);
    }

    private static JsonNode manifest(String environment, String kind) {
        return Fixtures.manifests(environment).values().stream()
                .filter(each -> each.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** Every namespace that is rendered, Argo CD's own, and the one that exists in every cluster. */
    private static Set<String> namespaces(String environment) {
        Set<String> names = new HashSet<>(Set.of("argocd", "default", "kube-system"));
        Fixtures.manifests(environment).values().stream()
                .filter(each -> kind(each).equals("/Namespace"))
                .forEach(each -> names.add(each.at("/metadata/name").asText()));
        return names;
    }

    private static Set<String> kinds(JsonNode list) {
        Set<String> kinds = new HashSet<>();
        list.forEach(entry -> kinds.add("%s/%s"
                .formatted(entry.path("group").asText(), entry.path("kind").asText())));
        return kinds;
    }

    private static String kind(JsonNode manifest) {
        String version = manifest.path("apiVersion").asText();
        return "%s/%s"
                .formatted(
                        version.contains("/") ? version.substring(0, version.indexOf('/')) : "",
                        manifest.path("kind").asText());
    }
}
