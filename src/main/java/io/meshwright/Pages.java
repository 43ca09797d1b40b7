package io.meshwright;

import io.meshwright.check.Checks;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Reading;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.map.MapPage;
import io.meshwright.mesh.Mesh;
import io.meshwright.routes.RoutesPage;
import io.meshwright.stack.EnvironmentPages;
import io.meshwright.upgrade.UpgradePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The generated pages of docs about environments, by their path below {@code docs/}. */
final class Pages {
    private Pages() {}

    /** The pages of all environments; a file that cannot be read has none, and synth tells why. */
    static SortedMap<String, String> of(List<Path> files) throws IOException {
        SortedMap<String, String> pages = new TreeMap<>();
        for (Path file : files) {
            if (EnvironmentFile.read(file).reading() instanceof Reading.Accepted<Environment> accepted) {
                pages.putAll(EnvironmentPages.of(accepted.value()));
                rendered(accepted.value(), pages);
            }
        }
        return pages;
    }

    /** Pages that are made of the manifests and not of the file. */
    private static void rendered(Environment environment, SortedMap<String, String> pages) {
        String name = environment.metadata().name().toString();
        ManifestReader reader = new ManifestReader();
        Pipeline.files(environment)
                .forEach(file -> reader.text("dist/%s/%s".formatted(name, file.path()), file.text(), file.construct()));
        io.meshwright.manifest.Reading reading = reader.read();
        Mesh mesh = Mesh.of(reading.manifests());
        pages.put("map/%s.html".formatted(name), MapPage.of(name, mesh, Checks.run(reading, mesh, Optional.empty())));
        pages.put(
                "routes/%s.md".formatted(name),
                RoutesPage.of(name, mesh, environment.cluster().silences()));
        pages.put(
                "upgrade/%s.md".formatted(name),
                UpgradePage.of(
                        name,
                        environment.cluster().kubernetes(),
                        environment.istio().version(),
                        mesh));
    }
}
