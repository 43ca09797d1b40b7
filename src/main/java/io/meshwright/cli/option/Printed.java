package io.meshwright.cli.option;

import picocli.CommandLine.Option;

/** The form of a printed answer: for a person, or for a program. */
public final class Printed {
    /** Formats of an answer. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How to print (default: ${DEFAULT-VALUE}).")
    private Format format;

    /** True if a program is to read it. */
    public boolean isJson() {
        return format == Format.JSON;
    }
}
