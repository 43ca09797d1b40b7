package io.meshwright.cli;

import io.meshwright.output.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The way from environment files to dist: read, build, check, write. */
@FunctionalInterface
public interface Synthesis {
    /**
     * Writes everything or nothing, and prints why not.
     *
     * @param environments one file each, in the order of their names; never empty
     * @param fresh whether everything is rendered, also where nothing changed since it was last
     * @throws IOException when the disk fails
     */
    ExitCode run(List<Path> environments, Distribution dist, boolean fresh, Console console) throws IOException;

    /** Between two runs of one process: gives back what the last one took, and makes ready for the next. */
    default void rest() {}
}
