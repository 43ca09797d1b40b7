package io.meshwright;

import io.meshwright.cli.Commands;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.RecordSchema;
import java.util.Map;

/** The program: reads environment files, builds manifests from them, checks these and writes them. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> variables = System.getenv();
        System.exit(Commands.line(
                        variables, new Pipeline(variables), () -> RecordSchema.layered(Environment.class), Pages::of)
                .execute(arguments));
    }
}
