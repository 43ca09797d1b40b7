package io.meshwright.cli;

import io.meshwright.manifest.Reading;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** Renders environment files into memory. */
@FunctionalInterface
public interface Rendering {
    /**
     * The manifests of each environment by its name, whose files are called {@code name/stack/file}; empty when a file
     * is wrong, which is printed.
     *
     * @throws IOException when a file cannot be read
     */
    Optional<SortedMap<String, Reading>> render(RenderedFiles files, Console console) throws IOException;
}
