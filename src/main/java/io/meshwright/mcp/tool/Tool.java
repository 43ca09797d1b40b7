package io.meshwright.mcp.tool;

import io.meshwright.value.InvalidValue;
import java.io.IOException;

/** One thing that an assistant may ask. */
public interface Tool {
    /** By which it is called. */
    String name();

    /** For a person who admits it. */
    String title();

    /** For a model that chooses it. */
    String description();

    /** The JSON Schema of its arguments. */
    String schema();

    /** Returns the origin of the answer, in words. */
    String source();

    /**
     * Answers from files; the answer is plain text of any length.
     *
     * @throws InvalidValue for what cannot be answered, in a sentence
     * @throws IOException when the disk fails
     */
    String call(Arguments arguments) throws IOException;
}
