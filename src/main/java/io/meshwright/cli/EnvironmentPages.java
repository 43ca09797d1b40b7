package io.meshwright.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** Pages of documentation that follow from environment files. */
@FunctionalInterface
public interface EnvironmentPages {
    /**
     * Texts in Markdown, by their path below {@code docs/}; empty when a file is wrong, which is printed.
     *
     * @throws IOException when a file cannot be read
     */
    Optional<SortedMap<String, String>> of(Rendering.Asked files, Console console) throws IOException;
}
