package io.meshwright.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/** Runs commands as a shell would and keeps what they print. */
final class Terminal {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> variables;
    private final Synthesis synthesis;
    private final Rendering rendering;

    Terminal(Map<String, String> variables, Synthesis synthesis) {
        this(variables, synthesis, (files, console) -> java.util.Optional.empty());
    }

    Terminal(Map<String, String> variables, Synthesis synthesis, Rendering rendering) {
        this.variables = variables;
        this.synthesis = synthesis;
        this.rendering = rendering;
    }

    /** A synthesis that fails, for commands that must not reach it. */
    static ExitCode unwanted(Synthesis.Request request, Console console) {
        throw new IllegalStateException("synth\n    at kernel.js:1");
    }

    int run(String... arguments) {
        CommandLine line = Commands.line(
                variables,
                synthesis,
                () -> "{}\n",
                (environments, console) -> java.util.Optional.empty(),
                rendering,
                arguments);
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
