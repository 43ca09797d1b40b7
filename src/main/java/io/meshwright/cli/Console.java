package io.meshwright.cli;

import java.io.PrintWriter;
import java.util.Collection;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Takes a command's results and problems; coloured on a terminal only. */
public final class Console {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Ansi ansi;

    Console(PrintWriter out, PrintWriter err, Ansi ansi) {
        this.out = out;
        this.err = err;
        this.ansi = ansi;
    }

    static Console of(CommandLine line) {
        return new Console(line.getOut(), line.getErr(), line.getColorScheme().ansi());
    }

    /** True if a person looks at it on a terminal that shows colours. */
    public boolean isColoured() {
        return ansi.enabled();
    }

    /** One line of what the command was asked for. */
    public void result(String line) {
        out.println(line);
        out.flush();
    }

    /** One problem, as it comes: {@code key: what is wrong; what to do}. */
    public void problem(String line) {
        err.println(ansi.enabled() ? "\u001b[31m%s\u001b[0m".formatted(line) : line);
        err.flush();
    }

    public void problems(Collection<String> lines) {
        lines.forEach(this::problem);
    }
}
