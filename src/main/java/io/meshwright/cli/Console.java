package io.meshwright.cli;

import io.meshwright.environment.reader.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Takes a command's results and problems; coloured on a terminal only. */
public final class Console {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Ansi ansi;
    private final References references;

    private Console(PrintWriter out, PrintWriter err, Ansi ansi, References references) {
        this.out = out;
        this.err = err;
        this.ansi = ansi;
        this.references = references;
    }

    static Console of(CommandLine line) {
        return of(line, new References(Path.of("docs")));
    }

    /** One that tells of wrong environment files, and where to read about their keys. */
    static Console of(CommandLine line, References references) {
        return new Console(line.getOut(), line.getErr(), line.getColorScheme().ansi(), references);
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

    /** What is wrong with environment files, and where to read about it. */
    public void refusals(List<Problem> problems) {
        problems.forEach(problem -> problem(problem.toString()));
        references.of(problems).forEach(line -> {
            err.println(line);
            err.flush();
        });
    }

    public void problems(Collection<String> lines) {
        lines.forEach(this::problem);
    }
}
