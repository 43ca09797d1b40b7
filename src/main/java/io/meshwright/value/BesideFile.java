package io.meshwright.value;

/**
 * A text file of the repository, which an environment file names by its path, as it stood when it was read.
 *
 * @param text all that stands in it
 */
@Doc("Path of a text file from the folder of this file, inside the repository.")
public record BesideFile(String text) {
    public BesideFile {
        Require.present("text", text);
    }
}
