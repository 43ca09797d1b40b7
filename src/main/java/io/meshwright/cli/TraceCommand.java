package io.meshwright.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.meshwright.cli.option.Printed;
import io.meshwright.cli.option.TracedRequest;
import io.meshwright.cli.program.Programs;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.JsonReport;
import io.meshwright.trace.report.TableReport;
import io.meshwright.trace.report.TextReport;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Follows one request through manifests, or checks a table of them. */
@Command(
        name = "trace",
        description = "Follow one request through manifests and say how it ends, or check a table of requests.",
        customSynopsis = {
            "meshwright trace [--env NAME | PATH...] [OPTIONS] METHOD URL",
            "meshwright trace [--env NAME | PATH...] [OPTIONS] --table FILE"
        })
final class TraceCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TracedRequest asked;

    @Mixin
    private OneMesh manifests;

    @Mixin
    private Programs programs;

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "Check the rows of a RequestTable instead of one request.")
    private @Nullable Path table;

    @Mixin
    private Printed printed;

    TraceCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine());
        try {
            return run(console).number();
        } catch (InvalidValue wrong) {
            console.problem(wrong.getMessage());
            return ExitCode.USAGE.number();
        }
    }

    private ExitCode run(Console console) throws IOException {
        if (table != null) {
            return rows(table, trace(asked.all(), console), console);
        }
        List<String> paths = asked.paths();
        // A request that makes no sense is refused before anything is read.
        Request request = asked.request();
        return one(trace(paths, console), request, console);
    }

    private Trace trace(List<String> paths, Console console) throws IOException {
        manifests.start(programs);
        OneMesh.Words words = new OneMesh.Words(
                "give --env NAME, or files or folders before METHOD", "a request is followed through one");
        return Trace.of(manifests.mesh(manifests.reading(paths, words, surroundings, console)));
    }

    private ExitCode one(Trace trace, Request request, Console console) throws IOException {
        var path = trace.follow(request);
        if (printed.isJson()) {
            console.result(json(JsonReport.of(request, path)));
        } else {
            TextReport.of(request, path).forEach(console::result);
        }
        return path.verdict().fails() ? ExitCode.NOT_DELIVERED : ExitCode.CLEAN;
    }

    private ExitCode rows(Path file, Trace trace, Console console) throws IOException {
        TableReport report = TableReport.of(file, trace);
        if (printed.isJson()) {
            console.result(json(report.json()));
        } else {
            report.lines().forEach(console::result);
        }
        return report.isClean() ? ExitCode.CLEAN : ExitCode.FINDINGS;
    }

    private static String json(Object tree) throws IOException {
        ObjectWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter();
        return writer.writeValueAsString(tree);
    }
}
