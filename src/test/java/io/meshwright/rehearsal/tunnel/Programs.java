package io.meshwright.rehearsal.tunnel;

import java.io.IOException;
import java.nio.file.Path;

/** Starts programs of a run, none of which outlives it. */
public interface Programs {
    Running start(String name, Object... command) throws IOException;

    /** The folder of the run. */
    Path folder();

    /** A program that was started; its output is in the log. */
    interface Running {
        boolean alive();

        void stop();

        Path log();
    }
}
