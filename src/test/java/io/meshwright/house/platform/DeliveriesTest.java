package io.meshwright.house.platform;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.house.Rendering;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.demand.Nodes;
import io.meshwright.stack.EnvironmentPages;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.RequestTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One shop brought to its cluster by Argo CD, by Flux and by people: the same objects, in the same order. */
class DeliveriesTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");
    private static final String FLUX = "flux/Kustomization/flux-system.";
    private static final String LIMITS = "-limits";
    private static final List<String> AWAITED = List.of("0", "10", "30", "40", "50", "60", "100");
    private static final SortedMap<String, String> FILES = new TreeMap<>();
    private static final SortedMap<String, SortedMap<String, String>> SHOPS = new TreeMap<>();

    @BeforeAll
    static void renders_the_fixtures() throws IOException {
        if (!SHOPS.isEmpty()) {
            return;
        }
        String base = Files.readString(RESOURCES.resolve("agreement/base.yaml"))
                .replace("{type: onPremises, storageClass: local-path}", "{}");
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(RESOURCES.resolve("environments/deliveries.yaml").toFile())) {
            List<JsonNode> all = documents.readAll();
            String shop = MergedYaml.of(base, YAML.writeValueAsString(all.get(0)));
            for (JsonNode delivery : all.subList(1, all.size())) {
                String type = delivery.at("/delivery/type").asText("argocd");
                FILES.put(type, MergedYaml.of(shop, YAML.writeValueAsString(delivery)));
                SHOPS.put(type, Rendering.objects(FILES.get(type)));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> are_admitted_by_api_server_and_checks() {
        return SHOPS.keySet().stream()
                .map(type -> DynamicTest.dynamicTest(
                        type,
                        () -> assertThat(
                                        Checks.run(read(type), Optional.empty()).all())
                                .extracting(Object::toString)
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> answer_the_same_requests_alike() {
        return SHOPS.keySet().stream().flatMap(type -> {
            Trace trace = Trace.of(Rendering.mesh(manifests(type)));
            return RequestTable.read(RESOURCES.resolve("trace/deliveries.yaml")).stream()
                    .map(row -> DynamicTest.dynamicTest(
                            "%s: %s".formatted(type, row),
                            () -> assertThat(row.misses(trace)).isEmpty()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"argocd", "flux", "none"})
    void the_declared_nodes_are_told_whoever_delivers(String type) {
        assertThat(Nodes.of(Rendering.mesh(manifests(type)).manifests())
                        .orElseThrow()
                        .most())
                .isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flux", "none"})
    void nothing_speaks_of_argo_cd_where_another_delivers(String type) {
        assertThat(SHOPS.get("argocd").toString()).contains("argocd.argoproj.io/");
        assertThat(SHOPS.get(type).toString())
                .doesNotContain("argocd")
                .doesNotContain("AppProject")
                .doesNotContain("kind: Application\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flux", "none"})
    void every_object_of_argo_cds_folders_is_there_once_and_in_its_folder(String type) {
        Map<String, String> folders = new TreeMap<>();
        SHOPS.get(type).keySet().forEach(key -> {
            String[] parts = key.split("/", 2);
            assertThat(folders.put(parts[1], parts[0])).as(key).isNull();
        });
        applied("argocd").forEach(key -> {
            String[] parts = key.split("/", 2);
            if (!parts[1].equals("Namespace/argocd")) {
                assertThat(folders.get(parts[1])).as(key).isIn(parts[0], parts[0].concat(LIMITS));
            }
        });
        Set<String> ours = new TreeSet<>(applied(type));
        assertThat(ours).hasSize(applied("argocd").size() - 1);
    }

    @Test
    void each_folder_is_read_by_one_kustomization_and_each_kustomization_reads_one() {
        SortedSet<String> folders = new TreeSet<>();
        SHOPS.get("flux").keySet().forEach(key -> folders.add("./dist/shop/%s".formatted(key.split("/")[0])));
        List<String> read = new ArrayList<>(kustomizations().values().stream()
                .map(each -> each.at("/spec/path").asText())
                .filter(path -> path.startsWith("./dist/"))
                .sorted()
                .toList());
        assertThat(read).containsExactlyElementsOf(folders);
    }

    @Test
    void each_chart_is_one_release_with_the_same_version_and_values() {
        SortedSet<String> releases = new TreeSet<>();
        charts().forEach((name, application) -> {
            String key = SHOPS.get("flux").keySet().stream()
                    .filter(each -> each.endsWith("/HelmRelease/flux-system.".concat(name)))
                    .findFirst()
                    .orElseThrow();
            releases.add(key);
            JsonNode release = object("flux", key);
            assertThat(release)
                    .has("/spec/releaseName", name)
                    .has(
                            "/spec/chart/spec/chart",
                            application.at("/spec/source/chart").asText())
                    .has(
                            "/spec/chart/spec/version",
                            application.at("/spec/source/targetRevision").asText())
                    .has(
                            "/spec/targetNamespace",
                            application.at("/spec/destination/namespace").asText());
            assertThat(release.at("/spec/values")).isEqualTo(application.at("/spec/source/helm/valuesObject"));
            String repository = application.at("/spec/source/repoURL").asText();
            assertThat(object(
                                    "flux",
                                    "flux/HelmRepository/flux-system.%s"
                                            .formatted(release.at("/spec/chart/spec/sourceRef/name")
                                                    .asText()))
                            .at("/spec/url")
                            .asText())
                    .isEqualTo(repository.startsWith("https") ? repository : "oci://".concat(repository));
            JsonNode byHand = object(
                    "none",
                    "install/Release/%s.%s"
                            .formatted(
                                    application
                                            .at("/spec/destination/namespace")
                                            .asText(),
                                    name));
            assertThat(byHand.at("/spec/values")).isEqualTo(application.at("/spec/source/helm/valuesObject"));
            assertThat(object(
                            "none",
                            "install/values/%s.%s"
                                    .formatted(
                                            application
                                                    .at("/spec/destination/namespace")
                                                    .asText(),
                                            name)))
                    .isEqualTo(application.at("/spec/source/helm/valuesObject"));
        });
        assertThat(SHOPS.get("flux").keySet().stream().filter(key -> key.contains("/HelmRelease/")))
                .containsExactlyElementsOf(releases);
    }

    @Test
    void a_folder_waits_for_all_that_argo_cd_awaits_before_it_and_for_nothing_later() {
        Map<String, Integer> waves = waves();
        kustomizations().forEach((name, kustomization) -> {
            Set<String> before = before(name, new HashSet<>());
            assertThat(before).as(name).doesNotContain(name);
            waves.forEach((other, wave) -> {
                if (AWAITED.contains(wave.toString()) && wave < waves.getOrDefault(name, -1)) {
                    assertThat(before).as(name).contains(other);
                }
            });
            assertThat(before)
                    .as(name)
                    .allMatch(other -> waves.get(other) < waves.get(name) || other.equals(name.concat(LIMITS)));
        });
    }

    @Test
    void awaited_are_the_waves_that_later_ones_need() {
        Map<String, Integer> waves = waves();
        kustomizations().forEach((name, kustomization) -> {
            if (waves.containsKey(name)) {
                assertThat(kustomization.at("/spec/wait").asBoolean())
                        .as(name)
                        .isEqualTo(AWAITED.contains(waves.get(name).toString()));
            }
            assertThat(kustomization.at("/spec/force").asBoolean(true)).isFalse();
        });
    }

    @Test
    void what_goes_by_a_persons_word_alone_is_never_pruned() {
        SHOPS.get("argocd").forEach((key, text) -> {
            boolean confirmed = text.contains("Prune=confirm");
            String other = key.startsWith("argocd/") ? key.replaceFirst(".*/", "") : key;
            if (confirmed && !key.startsWith("argocd/") && !key.endsWith("/argocd")) {
                assertThat(SHOPS.get("flux").get(other))
                        .as(key)
                        .contains("kustomize.toolkit.fluxcd.io/prune: disabled");
            }
        });
        assertThat(SHOPS.get("flux").entrySet().stream()
                        .filter(entry -> entry.getKey().contains("/HelmRelease/")))
                .allMatch(entry -> entry.getValue().contains("kustomize.toolkit.fluxcd.io/prune: disabled"));
        assertThat(object("flux", "services/Job/shop.report"))
                .has("/metadata/annotations/kustomize.toolkit.fluxcd.io~1force", "enabled");
        assertThat(object("none", "services/Job/shop.report")).lacks("/metadata/annotations");
    }

    @Test
    void policies_are_applied_before_the_pods_that_they_are_about() {
        assertThat(SHOPS.get("flux")).containsKey("services-limits/AuthorizationPolicy/shop.web-callers");
        assertThat(SHOPS.get("flux")).containsKey("services/Rollout/shop.web");
        assertThat(dependencies(kustomizations().get("services"))).contains("services-limits");
    }

    @Test
    void fields_that_controllers_write_are_left_to_them() {
        JsonNode ignored = object("flux", FLUX.concat("services")).at("/spec/ignore");
        assertThat(ignored.findValuesAsText("name")).contains("web-example-org", "web");
        ignored.forEach(rule -> {
            JsonNode target = rule.path("target");
            JsonNode object = object(
                    "flux",
                    "services/%s/shop.%s"
                            .formatted(
                                    target.path("kind").asText(),
                                    target.path("name").asText()));
            // Flux fails where Git's object has no such field.
            rule.path("paths")
                    .forEach(path -> assertThat(object.at(path.asText()).isMissingNode())
                            .as("%s %s", target, path)
                            .isFalse());
        });
        assertThat(ignored.toString()).contains("/spec/http/0/route/0/weight").contains("\"/spec/subsets/0/labels\"");
        assertThat(object("flux", "charts-istiod/HelmRelease/flux-system.istiod")
                        .at("/spec/driftDetection"))
                .has("/mode", "enabled")
                .has("/ignore/0/target/name", "istio-sidecar-injector")
                .has("/ignore/0/paths/0", "/webhooks/0/clientConfig/caBundle");
    }

    @Test
    void the_repository_is_read_by_a_key_and_news_are_told() {
        assertThat(object("flux", "flux/GitRepository/flux-system.shop"))
                .has("/spec/url", "ssh://git@git.example.org/platform.git")
                .has("/spec/ref/branch", "main")
                .has("/spec/secretRef/name", "repository-shop");
        assertThat(object("flux", "flux/Provider/flux-system.slack"))
                .has("/spec/channel", "deliveries")
                .has("/spec/secretRef/name", "slack");
        assertThat(object("flux", "flux/GitRepository/flux-system.gateway-api"))
                .has("/spec/ref/commit", "8bb74df00e56ec8f944d48c25e6c1c9c2f6848e3");
        assertThat(object("flux", FLUX.concat("gateway-api"))).has("/spec/prune", false);
        assertThat(object("flux", FLUX.concat("shop"))).has("/spec/deletionPolicy", "Orphan");
    }

    @Test
    void definitions_of_fluxs_kinds_hold_what_is_written() {
        String key = FLUX.concat("services");
        SortedMap<String, String> broken = new TreeMap<>(SHOPS.get("flux"));
        broken.put(key, broken.get(key).replace("retryInterval:", "retryIntervall:"));
        assertThat(Checks.run(Rendering.read(broken), Optional.empty()).all())
                .extracting(Object::toString)
                .anyMatch(finding -> finding.contains("retryIntervall"));
    }

    @Test
    void steps_by_hand_have_every_folder_and_chart_once_in_the_order_of_the_waves() {
        Map<String, Integer> waves = waves();
        List<String> names = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        object("none", "install/Installation/shop").at("/spec/steps").forEach(step -> {
            String name = step.has("kustomize")
                    ? "gateway-api"
                    : step.path(step.has("apply") ? "apply" : "install").asText();
            names.add(name);
            order.add(
                    step.has("install")
                            ? wave(SHOPS.get("argocd").get("argocd/Application/".concat(name)))
                            : waves.get(name));
        });
        assertThat(order).isSorted();
        Set<String> all = new TreeSet<>(charts().keySet());
        SHOPS.get("none").keySet().forEach(key -> all.add(key.split("/")[0]));
        all.remove("install");
        all.add("gateway-api");
        assertThat(names).containsExactlyInAnyOrderElementsOf(all);
        assertThat(names.indexOf("services-limits")).isLessThan(names.indexOf("services"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flux", "none"})
    void runbooks_send_nobody_to_an_argo_cd_that_is_not_there(String type) {
        assertThat(runbooks("argocd")).contains("Argo CD");
        assertThat(runbooks(type)).isNotEmpty().doesNotContain("Argo CD");
    }

    private static String runbooks(String type) {
        var read = EnvironmentReader.read("file.yaml", FILES.get(type).getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(io.meshwright.environment.reader.Reading.Accepted.class);
        Environment environment = ((io.meshwright.environment.reader.Reading.Accepted<Environment>) read).value();
        return String.join("\n", EnvironmentPages.of(environment).values());
    }

    /** Objects that somebody applies from folders, without those of the delivery itself. */
    private static List<String> applied(String type) {
        return SHOPS.get(type).keySet().stream()
                .filter(key -> !key.matches("(argocd|bootstrap|flux|install|charts-[a-z-]+)/.*"))
                .toList();
    }

    /** Applications of charts by name, without Argo CD's own. */
    private static Map<String, JsonNode> charts() {
        Map<String, JsonNode> charts = new TreeMap<>();
        SHOPS.get("argocd").keySet().stream()
                .filter(key -> key.startsWith("argocd/Application/"))
                .map(key -> object("argocd", key))
                .filter(application -> application.at("/spec/source").has("chart"))
                .filter(application ->
                        !application.at("/spec/source/chart").asText().equals("argo-cd"))
                .forEach(application ->
                        charts.put(application.at("/metadata/name").asText(), application));
        return charts;
    }

    private static Map<String, JsonNode> kustomizations() {
        Map<String, JsonNode> all = new TreeMap<>();
        SHOPS.get("flux").keySet().stream()
                .filter(key -> key.startsWith(FLUX))
                .forEach(key -> all.put(key.substring(FLUX.length()), object("flux", key)));
        return all;
    }

    /** The wave that each Kustomization has by the Applications of what it applies; the root has none. */
    private static Map<String, Integer> waves() {
        Map<String, Integer> waves = new TreeMap<>();
        kustomizations().forEach((name, kustomization) -> {
            List<String> applications = name.startsWith("charts-")
                    ? SHOPS.get("flux").keySet().stream()
                            .filter(key -> key.startsWith(name.concat("/HelmRelease/")))
                            .map(key -> key.replaceFirst(".*flux-system\\.", ""))
                            .toList()
                    : name.equals("shop") ? List.of() : List.of(name.replaceFirst(LIMITS.concat("$"), ""));
            Set<Integer> found = new TreeSet<>();
            applications.forEach(
                    application -> found.add(wave(SHOPS.get("argocd").get("argocd/Application/".concat(application)))));
            if (!applications.isEmpty()) {
                assertThat(found).as(name).hasSize(1);
                waves.put(name, found.iterator().next());
            }
        });
        return waves;
    }

    private static int wave(String application) {
        return Integer.parseInt(application.replaceFirst("(?s).*sync-wave: \"(-?\\d+)\".*", "$1"));
    }

    private static Set<String> before(String name, Set<String> seen) {
        dependencies(kustomizations().get(name)).forEach(other -> {
            if (seen.add(other)) {
                before(other, seen);
            }
        });
        return seen;
    }

    private static List<String> dependencies(JsonNode kustomization) {
        return kustomization.at("/spec/dependsOn").findValuesAsText("name");
    }

    private static Reading read(String type) {
        return Rendering.read(manifests(type));
    }

    /** Values of releases are no objects. */
    private static SortedMap<String, String> manifests(String type) {
        SortedMap<String, String> objects = new TreeMap<>(SHOPS.get(type));
        objects.keySet().removeIf(key -> key.startsWith("install/values/"));
        return objects;
    }

    private static JsonNode object(String type, String name) {
        assertThat(SHOPS.get(type)).containsKey(name);
        try {
            return YAML.readTree(SHOPS.get(type).get(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
