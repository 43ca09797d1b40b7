package io.meshwright.cli;

import io.meshwright.extension.loading.ExtensionPath;
import java.nio.file.Path;
import java.util.List;

/**
 * Environment files that a command renders beside what synth writes.
 *
 * @param environments one file each
 * @param extensions where the Java classes are that they name
 */
public record RenderedFiles(List<Path> environments, ExtensionPath extensions) {
    public RenderedFiles {
        environments = List.copyOf(environments);
    }
}
