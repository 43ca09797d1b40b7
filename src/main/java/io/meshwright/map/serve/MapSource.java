package io.meshwright.map.serve;

import io.meshwright.map.LiveMap;
import java.io.IOException;

/** The manifests that a map shows, as they are just now. */
public interface MapSource {
    /**
     * A word that changes when they do.
     *
     * @throws IOException when they cannot be looked at
     */
    String version() throws IOException;

    /**
     * Reads them.
     *
     * @throws IOException when they cannot be read
     */
    LiveMap read() throws IOException;
}
