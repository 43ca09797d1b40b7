package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Bases;
import io.meshwright.environment.reader.Reading;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.stack.PlatformApp;
import io.meshwright.stack.RenderedObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.SortedMap;
import java.util.TreeMap;

/** What becomes of an environment file that a test has changed. */
public final class Rendering {
    private Rendering() {}

    /** A committed file, as text. */
    public static String file(String environment) throws IOException {
        return Files.readString(Fixtures.ENVIRONMENTS.resolve("%s.yaml".formatted(environment)));
    }

    /** Every object by {@code stack/kind/namespace.name}; the namespace is left out where it is Argo CD's or none. */
    public static SortedMap<String, String> objects(String file) throws IOException {
        return objects(file, Bases.none());
    }

    /** The same of a file that names others. */
    public static SortedMap<String, String> objects(String file, Bases bases) throws IOException {
        Reading<Environment> reading =
                EnvironmentReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8), bases);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return objects(((Reading.Accepted<Environment>) reading).value());
    }

    /** The same of what was read. */
    public static SortedMap<String, String> objects(Environment environment) {
        SortedMap<String, String> objects = new TreeMap<>();
        for (RenderedObject object : PlatformApp.objects(environment)) {
            String namespace =
                    object.namespace() == null || object.stack().equals("argocd") ? "" : object.namespace() + ".";
            objects.put("%s/%s/%s%s".formatted(object.stack(), object.kind(), namespace, object.name()), object.text());
        }
        return objects;
    }

    public static io.meshwright.manifest.Reading read(SortedMap<String, String> objects) {
        ManifestReader reader = new ManifestReader();
        objects.forEach((path, text) -> reader.text(path, text));
        return reader.read();
    }

    public static Mesh mesh(SortedMap<String, String> objects) {
        return Mesh.of(read(objects).manifests());
    }
}
