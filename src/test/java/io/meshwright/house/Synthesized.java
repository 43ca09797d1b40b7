package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.check.Findings;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading.Accepted;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.stack.PlatformApp;
import io.meshwright.stack.RenderedObject;
import io.meshwright.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A platform with its environment: as committed, or as the program makes it of a file with some keys changed. */
final class Synthesized {
    private static final Path VARIANTS = Path.of("test/resources/environments");

    private final Environment environment;
    private final Reading manifests;
    private final Mesh mesh;

    private Synthesized(Environment environment, Reading manifests) {
        this.environment = environment;
        this.manifests = manifests;
        this.mesh = Mesh.of(manifests.manifests());
    }

    static Synthesized fixture(String name) {
        return new Synthesized(
                environment(file(name)),
                new ManifestReader().path(Fixtures.dist().resolve(name)).read());
    }

    /** The committed environment with the keys of {@code variant}: maps are merged, everything else is replaced. */
    static Synthesized variant(String name, String variant) {
        Environment environment = environment(text(name, variant));
        ManifestReader reader = new ManifestReader();
        PlatformApp.objects(environment)
                .forEach(object -> reader.text(path(object), object.text(), object.construct()));
        return new Synthesized(environment, reader.read());
    }

    /** The environment file that such a variant is. */
    static String text(String name, String variant) {
        try {
            return MergedYaml.of(file(name), Files.readString(VARIANTS.resolve(variant.concat(".yaml"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Environment environment(String file) {
        var reading = EnvironmentReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(Accepted.class);
        return ((Accepted<Environment>) reading).value();
    }

    private static String file(String name) {
        try {
            return Files.readString(Fixtures.ENVIRONMENTS.resolve(name.concat(".yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(RenderedObject object) {
        return "%s/%s.%s.%s.yaml".formatted(object.stack(), object.kind(), object.namespace(), object.name());
    }

    Environment environment() {
        return environment;
    }

    Trace trace() {
        return Trace.of(mesh);
    }

    Mesh mesh() {
        return mesh;
    }

    Findings findings() {
        return Checks.run(manifests, Optional.empty());
    }

    /** The only object with this kind and name that belongs to the cluster. */
    Manifest object(String kind, String name) {
        return only(kind, name, object -> object.namespace().isEmpty());
    }

    /** The only object with this kind, namespace and name. */
    Manifest object(String kind, String namespace, String name) {
        return only(kind, name, object -> object.namespace().equals(Optional.of(namespace)));
    }

    private Manifest only(String kind, String name, Predicate<Manifest> home) {
        List<Manifest> found = manifests.manifests().all().stream()
                .filter(object ->
                        object.kind().name().equals(kind) && object.name().equals(name))
                .filter(home)
                .toList();
        assertThat(found).as("%s %s", kind, name).hasSize(1);
        return found.get(0);
    }
}
