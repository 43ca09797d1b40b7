package io.meshwright.cli;

import io.meshwright.cli.shell.Progress;
import io.meshwright.environment.reader.Problem;
import io.meshwright.file.References;
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
    private final RootCommand root;

    private Console(PrintWriter out, PrintWriter err, Ansi ansi, References references, RootCommand root) {
        this.root = root;
        this.out = out;
        this.err = err;
        this.ansi = ansi;
        this.references = references;
    }

    static Console of(CommandLine line) {
        return of(line, new References(Path.of("docs"), References.PROGRAM));
    }

    /** One that tells of wrong environment files, and where to read about their keys. */
    static Console of(CommandLine line, References references) {
        RootCommand root = RootCommand.of(line);
        Ansi ansi = root.colourless() ? Ansi.OFF : line.getColorScheme().ansi();
        return new Console(line.getOut(), line.getErr(), ansi, references, root);
    }

    /** True if a person looks at it on a terminal that shows colours. */
    public boolean isColoured() {
        return ansi.enabled();
    }

    /** One line of what was done, which nobody needs who asks for quiet. */
    public void news(String line) {
        if (!root.quiet()) {
            result(line);
        }
    }

    /** Notes the work that begins, which a person at the terminal sees when it is long. */
    public void step(String step) {
        root.progress().ifPresent(progress -> progress.step(step));
    }

    /** Nothing is done until the next step: to wait for a person, or for a file to be saved, takes no time. */
    public void rest() {
        root.progress().ifPresent(Progress::rest);
    }

    private void clear() {
        root.progress().ifPresent(Progress::clear);
    }

    /** One line of what the command was asked for. */
    public void result(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    /** One problem, as it comes: {@code key: what is wrong; what to do}. */
    public void problem(String line) {
        clear();
        err.println(ansi.enabled() ? "\u001b[31m%s\u001b[0m".formatted(line) : line);
        err.flush();
    }

    /** Prints the problems of environment files, and where to read about them. */
    public void refusals(List<Problem> problems) {
        problems.forEach(problem -> problem(problem.toString()));
        references.of(problems).forEach(line -> {
            clear();
            err.println(line);
            err.flush();
        });
    }

    public void problems(Collection<String> lines) {
        lines.forEach(this::problem);
    }
}
