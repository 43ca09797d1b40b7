package io.meshwright.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.SecureService;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.extension.Platform;
import io.meshwright.extension.loading.ExtensionFailure;
import io.meshwright.extension.loading.Extensions;
import io.meshwright.stack.delivery.StackFolder;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.delivery.BesideFolder.RawObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cdk8s.App;
import org.cdk8s.Chart;

/** One environment as its extensions see it, and what they add. */
final class ExtendedPlatform implements Platform {
    private static final KeyPath KEY = KeyPath.of("extensions");

    private final App app;
    private final Environment environment;
    private final MeshGateway gateway;
    private final ServicesStack services;
    private final Set<String> taken;
    private final Map<Chart, Wave> waves = new HashMap<>();
    private final Set<String> admitted = new TreeSet<>();
    private final List<StackFolder> folders = new ArrayList<>();
    private final List<AddedObject> added = new ArrayList<>();

    /** @param taken names of the folders that the file has already */
    ExtendedPlatform(App app, Environment environment, MeshGateway gateway, ServicesStack services, Set<String> taken) {
        this.app = app;
        this.environment = environment;
        this.gateway = gateway;
        this.services = services;
        this.taken = new TreeSet<>(taken);
    }

    /** Runs what the environment names, in its order. */
    void run(Extensions extensions) {
        for (int i = 0; i < environment.extensions().size(); i++) {
            run(environment.extensions().get(i), KEY.index(i), extensions);
        }
    }

    /** The charts that were added. */
    List<StackFolder> folders() {
        return List.copyOf(folders);
    }

    /** The objects that were added, in these charts and in ours. */
    List<AddedObject> added() {
        return List.copyOf(added);
    }

    /** Renders what was built; where somebody's own part of it cannot be, it says so in a sentence. */
    static <T> T rendering(Environment environment, Supplier<T> work) {
        List<String> names = environment.extensions();
        return names.isEmpty() ? work.get() : guarded(String.join(", ", names), KEY, work);
    }

    private void run(String name, KeyPath key, Extensions extensions) {
        var extension = extensions.named(name, key);
        Set<String> ours =
                ApiObjects.below(app).stream().map(ApiObjects.Named::path).collect(Collectors.toSet());
        Set<Chart> charts = new HashSet<>(app.getCharts());
        Map<String, JsonNode> all = guarded(name, key, () -> {
            extension.extend(this);
            return ApiObjects.manifests(app);
        });
        for (Chart chart : app.getCharts()) {
            if (!charts.contains(chart)) {
                folder(name, key, chart);
            }
        }
        Map<String, JsonNode> theirs = new LinkedHashMap<>(all);
        theirs.keySet().removeAll(ours);
        theirs.forEach((path, manifest) -> {
            RawObject object = new RawObject("%s of %s".formatted(path, name), KubernetesObject.map(manifest));
            added.add(new AddedObject(
                    key, path, object, admitted, "call platform.admit(\"%s\")".formatted(object.groupKind())));
        });
        annotate(theirs);
    }

    private void folder(String name, KeyPath key, Chart chart) {
        String id = chart.getNode().getId();
        if (!id.matches("[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?")) {
            throw new InvalidValue(
                    key,
                    "\"%s\" calls a chart \"%s\", which is no name of a stack".formatted(name, id),
                    "use lower-case letters, digits and dashes");
        }
        if (!taken.add(id)) {
            throw new InvalidValue(
                    key,
                    "\"%s\" calls a chart \"%s\" as another stack or Application is called".formatted(name, id),
                    "call it otherwise than %s".formatted(String.join(", ", taken)));
        }
        folders.add(StackFolder.of(chart, waves.getOrDefault(chart, Wave.SERVICES)));
    }

    /** As Waves does for ours, where they say nothing themselves. */
    private void annotate(Map<String, JsonNode> objects) {
        Map<String, Map<String, String>> annotations = new LinkedHashMap<>();
        objects.forEach((path, manifest) -> Waves.of(manifest.path("kind").asText())
                .filter(wave -> wave.keySet().stream()
                        .noneMatch(manifest.path("metadata").path("annotations")::has))
                .ifPresent(wave -> annotations.put(path, wave)));
        ApiObjects.annotate(app, annotations);
    }

    // Whatever code of others throws is told, and not where in ours it came to light.
    private static <T> T guarded(String name, KeyPath key, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            throw ExtensionFailure.ofRunning(name, key, failure);
        }
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public Parties parties() {
        return services.parties();
    }

    @Override
    public App app() {
        return app;
    }

    @Override
    public Chart chart(String id) {
        List<Chart> charts = app.getCharts();
        return charts.stream()
                .filter(chart -> chart.getNode().getId().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidValue(
                        "chart",
                        "\"%s\" is no chart of this environment".formatted(id),
                        "take one of %s"
                                .formatted(String.join(
                                        ", ",
                                        charts.stream()
                                                .map(chart -> chart.getNode().getId())
                                                .sorted()
                                                .toList()))));
    }

    @Override
    public MeshGateway gateway() {
        return gateway;
    }

    @Override
    public SecureService service(Name name) {
        return services.secured(name);
    }

    @Override
    public List<NamespaceGuard> guards() {
        return services.guards();
    }

    @Override
    public void deliver(Chart chart, Wave wave) {
        waves.put(Require.present("chart", chart), Require.present("wave", wave));
    }

    @Override
    public void admit(String kind) {
        admitted.add(Require.kind("kind", Require.present("kind", kind)));
    }
}
