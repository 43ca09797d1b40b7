package io.meshwright.value.delivery;

import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;

/**
 * A text file of the repository, which an environment file names by its path, as it stood when it was read.
 *
 * @param text all that stands in it
 */
@Doc("Path of a text file from the folder of this file, inside the repository.")
@Sample("files/app.conf")
public record BesideFile(@Required String text) {
    public BesideFile {
        Require.present("text", text);
    }
}
