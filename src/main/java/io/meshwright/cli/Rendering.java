package io.meshwright.cli;

import io.meshwright.extension.loading.ExtensionPath;
import io.meshwright.manifest.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Renders environment files into memory. */
@FunctionalInterface
public interface Rendering {
    /**
     * Environment files that a command renders beside what synth writes.
     *
     * @param environments one file each
     * @param extensions where the Java classes are that they name
     * @param texts what some of the files are taken to hold, instead of what they do
     */
    record Asked(List<Path> environments, ExtensionPath extensions, Map<Path, String> texts) {
        public Asked {
            environments = List.copyOf(environments);
            texts = Map.copyOf(texts);
        }

        public Asked(List<Path> environments, ExtensionPath extensions) {
            this(environments, extensions, Map.of());
        }
    }

    /**
     * The manifests of each environment by its name, whose files are called {@code name/stack/file}; empty when a file
     * is wrong, which is printed.
     *
     * @throws IOException when a file cannot be read
     */
    Optional<SortedMap<String, Reading>> render(Asked files, Console console) throws IOException;
}
