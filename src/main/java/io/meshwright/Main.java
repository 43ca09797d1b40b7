package io.meshwright;

import io.meshwright.cli.Commands;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.RecordSchema;
import java.util.Map;
import picocli.CommandLine;

/** The program: reads environment files, builds manifests from them, checks these and writes them. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(line(System.getenv(), arguments).execute(arguments));
    }

    static CommandLine line(Map<String, String> variables, String... arguments) {
        Pipeline pipeline = new Pipeline(variables);
        return Commands.line(
                variables,
                pipeline,
                () -> RecordSchema.layered(Environment.class),
                Pages::of,
                pipeline::rendered,
                arguments);
    }
}
