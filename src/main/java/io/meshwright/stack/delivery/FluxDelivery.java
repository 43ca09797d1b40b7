package io.meshwright.stack.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.delivery.GatewayApiDefinitions;
import io.meshwright.construct.delivery.flux.IgnoreRule;
import io.meshwright.construct.delivery.flux.Pointers;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cdk8s.App;

/**
 * Delivery by Flux. Its Kustomizations wait for Kustomizations only and its HelmReleases for HelmReleases, so the
 * charts of a wave are a folder of their own, whose Kustomization is ready when they are installed.
 */
public final class FluxDelivery {
    private final Environment environment;
    private final List<StackFolder> folders;
    private final SortedMap<Wave, List<InstalledChart>> charts = new TreeMap<>();
    private final Turns turns = new Turns();
    private final Map<String, JsonNode> manifests;
    private final SortedSet<String> limited;

    private FluxDelivery(App app, Environment environment, List<StackFolder> folders) {
        this.environment = environment;
        this.folders = List.copyOf(folders);
        this.manifests = ApiObjects.manifests(app);
        this.limited = new Marks(environment.delivery().type()).limited(manifests);
    }

    /**
     * Adds what Flux reads to the app.
     *
     * @param folders the stacks that stand
     * @param installed the charts
     * @throws io.meshwright.value.InvalidValue for an object that only Argo CD could deliver
     */
    public static void of(App app, Environment environment, List<StackFolder> folders, List<InstalledChart> installed) {
        new FluxDelivery(app, environment, folders).add(app, installed);
    }

    private void add(App app, List<InstalledChart> installed) {
        installed.forEach(chart ->
                charts.computeIfAbsent(chart.wave(), none -> new ArrayList<>()).add(chart));
        Turns releases = new Turns();
        installed.forEach(chart -> releases.add(chart.wave(), chart.name().toString()));
        ChartRepositories repositories = new ChartRepositories(installed.stream()
                .map(chart -> chart.chart().repository())
                .distinct()
                .sorted()
                .toList());
        charts.forEach((wave, each) -> new ReleasesStack(app, wave, each, releases, repositories));
        takeTurns();
        FluxStack flux = new FluxStack(app, environment);
        flux.repositories(repositories.all());
        if (environment.installsGatewayApi()) {
            flux.gatewayApi(turns.before(Wave.OPERATORS));
        }
        charts.keySet().forEach(wave -> flux.folder(ReleasesStack.id(wave), turns.before(wave), wave, List.of()));
        folders.forEach(folder -> folder(flux, folder));
    }

    private void takeTurns() {
        folders.forEach(folder -> turns.add(folder.wave(), folder.name()));
        charts.keySet().forEach(wave -> turns.add(wave, ReleasesStack.id(wave)));
        if (environment.installsGatewayApi()) {
            turns.add(Wave.OPERATORS, GatewayApiDefinitions.NAME.toString());
        }
    }

    private void folder(FluxStack flux, StackFolder folder) {
        List<String> before = turns.before(folder.wave());
        List<IgnoreRule> ignored = ignored(folder);
        if (!limited.contains(folder.name())) {
            flux.folder(folder.name(), before, folder.wave(), ignored);
            return;
        }
        String limits = Marks.limitsOf(folder.name());
        flux.folder(limits, before, Wave.SERVICES, List.of());
        flux.folder(
                folder.name(),
                Stream.concat(before.stream(), Stream.of(limits)).sorted().toList(),
                folder.wave(),
                ignored);
    }

    private List<IgnoreRule> ignored(StackFolder folder) {
        return folder.drift().stream()
                .flatMap(ignored -> manifests.values().stream()
                        .filter(manifest -> isOf(manifest, ignored))
                        .limit(1)
                        .map(manifest -> Pointers.of(ignored, manifest)))
                .filter(rule -> !rule.paths().isEmpty())
                .toList();
    }

    private static boolean isOf(JsonNode manifest, IgnoredDifference ignored) {
        JsonNode metadata = manifest.path("metadata");
        return manifest.path("kind").asText().equals(ignored.kind())
                && manifest.path("apiVersion").asText().startsWith(ignored.group())
                && metadata.path("name").asText().equals(ignored.name())
                && ignored.namespace()
                        .map(namespace ->
                                namespace.equals(metadata.path("namespace").asText()))
                        .orElse(true);
    }
}
