package io.meshwright.value.delivery;

import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;

/**
 * A file of the repository that is no text, which an environment file names by its path, as it stood when it was read.
 *
 * @param base64 its bytes in base64
 */
@Doc("Path of a binary file from the folder of this file, inside the repository.")
@Sample("files/logo.png")
public record BesideBinary(@Required String base64) {
    public BesideBinary {
        Require.present("base64", base64);
    }

    /** Number of its bytes. */
    public int size() {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4 * 3 - padding;
    }
}
