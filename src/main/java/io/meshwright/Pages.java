package io.meshwright;

import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Reading;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.routes.RoutesPage;
import io.meshwright.stack.EnvironmentPages;
import io.meshwright.stack.PlatformApp;
import io.meshwright.upgrade.UpgradePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
        PlatformApp.objects(environment).forEach(object -> reader.text(object.name(), object.text()));
        Mesh mesh = Mesh.of(reader.read().manifests());
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
