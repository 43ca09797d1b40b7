package io.meshwright.mcp.tool;

import io.meshwright.file.DistFolders;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The manifests that the arguments of a call name. */
final class NamedManifests {
    /** The arguments in JSON Schema, to stand among the properties of a tool. */
    static final String SCHEMA = """
            "environment": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$",
              "description": "An environment that was synthesized, by the name of its folder in dist; either this or manifests."},
            "manifests": {"type": "array", "minItems": 1, "maxItems": 20,
              "items": {"type": "string", "minLength": 1, "maxLength": 1024},
              "description": "Files and folders of manifests of one mesh, as seen from a root (default: the dist of the root, or the root)."},
            "istio": {"type": "string", "maxLength": 20,
              "description": "The Istio release that counts, such as 1.26 (default: as installed by the manifests)."}""";

    private final Roots roots;

    NamedManifests(Roots roots) {
        this.roots = roots;
    }

    static Optional<IstioVersion> version(Arguments arguments) {
        return arguments.text("istio").map(IstioVersion::of);
    }

    /** Returns the mesh that Istio makes of what was read; a copy counts once. */
    static Mesh mesh(Reading reading, Arguments arguments) {
        return Mesh.of(reading.manifests().distinct(), version(arguments));
    }

    /** One mesh, which is what a request is sent through. */
    Reading one(Arguments arguments) throws IOException {
        ManifestReader reader = roots.reader();
        List<Path> unnamed = new ArrayList<>();
        for (Path path : paths(arguments)) {
            List<Path> environments = DistFolders.environments(path);
            if (environments.size() > 1 || arguments.texts("manifests").isEmpty()) {
                unnamed.addAll(environments);
            }
            if (environments.isEmpty()) {
                reader.path(path);
            } else {
                DistFolders.stacks(environments.get(0), reader);
            }
        }
        if (unnamed.size() > 1) {
            throw new InvalidValue(
                    "environment",
                    "none is named, and there are several: %s".formatted(names(unnamed)),
                    "name one of them");
        }
        return reader.read();
    }

    /** Each environment of a dist as a mesh of its own, and all else as one. */
    List<Reading> all(Arguments arguments) throws IOException {
        List<Reading> readings = new ArrayList<>();
        ManifestReader together = roots.reader();
        boolean any = false;
        for (Path path : paths(arguments)) {
            List<Path> environments = DistFolders.environments(path);
            for (Path environment : environments) {
                readings.add(DistFolders.stacks(environment, roots.reader()).read());
            }
            if (environments.isEmpty()) {
                any = true;
                together.path(path);
            }
        }
        if (any) {
            readings.add(together.read());
        }
        return readings;
    }

    private List<Path> paths(Arguments arguments) {
        List<String> named = arguments.texts("manifests");
        Optional<String> environment = arguments.text("environment");
        if (environment.isPresent() && !named.isEmpty()) {
            throw new InvalidValue(
                    "manifests",
                    "are named beside the environment %s".formatted(environment.get()),
                    "name one of both");
        }
        if (environment.isPresent()) {
            return List.of(roots.environment(environment.get())
                    .orElseThrow(() -> new InvalidValue(
                            "environment",
                            "\"%s\" has no folder in dist".formatted(environment.get()),
                            "name one that was synthesized")));
        }
        return named.isEmpty()
                ? roots.manifests()
                : named.stream().map(roots::admitted).toList();
    }

    private static String names(List<Path> folders) {
        return folders.stream().map(folder -> folder.getFileName().toString()).collect(Collectors.joining(", "));
    }

    /** Returns what cannot be read, which an answer must not hide; empty where all can. */
    static String flaws(Reading reading) {
        String lines = reading.flaws().stream().map("  "::concat).collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "" : "\nnot read, so that the answer leaves it out:\n%s\n".formatted(lines);
    }
}
