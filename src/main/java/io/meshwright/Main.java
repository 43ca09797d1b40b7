package io.meshwright;

import io.meshwright.cli.Commands;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.RecordSchema;

/** The program: reads environment files, builds manifests from them, checks these and writes them. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Commands.line(
                        System.getenv(), new Pipeline(), () -> RecordSchema.of(Environment.class), Pipeline::pages)
                .execute(arguments));
    }
}
