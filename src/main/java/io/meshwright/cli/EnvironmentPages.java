package io.meshwright.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Pages of documentation that follow from environment files. */
@FunctionalInterface
public interface EnvironmentPages {
    /**
     * Texts in Markdown, by their path below {@code docs/}.
     *
     * @throws IOException when a file cannot be read
     */
    SortedMap<String, String> of(List<Path> environments) throws IOException;
}
