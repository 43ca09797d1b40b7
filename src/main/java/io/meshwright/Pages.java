package io.meshwright;

import io.meshwright.check.Checks;
import io.meshwright.cli.Console;
import io.meshwright.cli.Rendering;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Problem;
import io.meshwright.environment.reader.Reading;
import io.meshwright.extension.loading.Extensions;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.map.MapPage;
import io.meshwright.mesh.Mesh;
import io.meshwright.operations.CapacityPage;
import io.meshwright.operations.InstallPage;
import io.meshwright.operations.OperationsPage;
import io.meshwright.routes.RoutesPage;
import io.meshwright.secrets.SecretsPage;
import io.meshwright.stack.EnvironmentPages;
import io.meshwright.upgrade.UpgradePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The generated pages of docs about environments, by their path below {@code docs/}. */
final class Pages {
    private Pages() {}

    /** The pages of all environments; empty when a file is wrong, which is printed. */
    static Optional<SortedMap<String, String>> of(Rendering.Asked files, Console console) throws IOException {
        List<Reading.Accepted<Environment>> environments = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files.environments()) {
            Reading<Environment> reading = EnvironmentFile.read(file).reading();
            if (reading instanceof Reading.Accepted<Environment> accepted) {
                environments.add(accepted);
            } else if (reading instanceof Reading.Refused<Environment> refused) {
                problems.addAll(refused.problems());
            }
        }
        SortedMap<String, String> pages = new TreeMap<>();
        if (problems.isEmpty()) {
            try (Extensions extensions = Extensions.of(files.extensions())) {
                environments.forEach(environment -> problems.addAll(all(environment, extensions, pages)));
            }
        }
        console.refusals(problems);
        return problems.isEmpty() ? Optional.of(pages) : Optional.empty();
    }

    /** Adds the pages of one environment, or says why it cannot be rendered. */
    private static List<Problem> all(
            Reading.Accepted<Environment> environment, Extensions extensions, SortedMap<String, String> pages) {
        return environment.places().refusals(() -> {
            pages.putAll(EnvironmentPages.of(environment.value()));
            rendered(environment.value(), extensions, pages);
        });
    }

    /** The pages of one environment whose file is right. */
    static SortedMap<String, String> of(Path file) throws IOException {
        SortedMap<String, String> pages = new TreeMap<>();
        if (EnvironmentFile.read(file).reading() instanceof Reading.Accepted<Environment> accepted
                && all(accepted, Extensions.ofProgram(), pages).isEmpty()) {
            return pages;
        }
        throw new IllegalArgumentException("%s is wrong".formatted(file));
    }

    /** Pages that are made of the manifests and not of the file. */
    private static void rendered(Environment environment, Extensions extensions, SortedMap<String, String> pages) {
        String name = environment.metadata().name().toString();
        ManifestReader reader = new ManifestReader();
        Pipeline.files(environment, extensions).stream()
                .filter(file -> file.path().isManifest())
                .forEach(file -> reader.text("dist/%s/%s".formatted(name, file.path()), file.text(), file.construct()));
        io.meshwright.manifest.Reading reading = reader.read();
        Mesh mesh = Mesh.of(reading.manifests());
        pages.put(
                "map/%s.html".formatted(name),
                MapPage.of(name, mesh, Checks.run(reading, mesh, Optional.empty()), List.of()));
        pages.put(
                "secrets/%s.md".formatted(name),
                SecretsPage.of(name, reading.manifests(), EnvironmentPages.secretKeys(environment)));
        pages.put(
                "routes/%s.md".formatted(name),
                RoutesPage.of(name, mesh, environment.cluster().silences()));
        InstallPage.of(name, reading.manifests()).ifPresent(page -> pages.put("delivery/%s.md".formatted(name), page));
        pages.put("operations/%s.md".formatted(name), OperationsPage.of(name, mesh));
        pages.put("capacity/%s.md".formatted(name), CapacityPage.of(name, mesh));
        pages.put(
                "upgrade/%s.md".formatted(name),
                UpgradePage.of(
                        name,
                        environment.cluster().kubernetes(),
                        environment.istio().version(),
                        mesh));
    }
}
