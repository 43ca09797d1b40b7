package io.meshwright;

import io.meshwright.check.Checks;
import io.meshwright.check.report.TextReport;
import io.meshwright.check.report.Told;
import io.meshwright.cli.Console;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.Rendering;
import io.meshwright.cli.Synthesis;
import io.meshwright.cli.WriteReport;
import io.meshwright.construct.object.Kernel;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.Neighbours;
import io.meshwright.environment.agreement.Neighbours.Neighbour;
import io.meshwright.environment.reader.Problem;
import io.meshwright.environment.reader.Reading;
import io.meshwright.extension.loading.Extensions;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.output.Changes;
import io.meshwright.output.Distribution;
import io.meshwright.output.ManifestPath;
import io.meshwright.output.Outcome;
import io.meshwright.output.OutputFile;
import io.meshwright.stack.Origins;
import io.meshwright.stack.PlatformApp;
import io.meshwright.stack.RenderedObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The one way from environment files to dist: read, build, check, write; the first stage that refuses ends it. An
 * environment of which everything is as an earlier run left it is not rendered again.
 */
final class Pipeline implements Synthesis {
    private final Map<String, String> variables;

    /** @param variables of the process's environment: they decide where results are kept and what they depend on */
    Pipeline(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    @Override
    public ExitCode run(Request request, Console console) throws IOException {
        Distribution dist = request.dist();
        KnownResults known = new KnownResults(variables, request.extensions());
        List<EnvironmentResult> results = new ArrayList<>();
        List<EnvironmentFile> changed = new ArrayList<>();
        for (Path path : request.environments()) {
            EnvironmentFile file = EnvironmentFile.read(path, request.settings());
            if (!file.others().isEmpty()) {
                console.news("%s: with %s".formatted(path, String.join(", ", file.others())));
            }
            Optional<EnvironmentResult> result = request.fresh() ? Optional.empty() : known.of(file, dist);
            result.ifPresentOrElse(results::add, () -> changed.add(file));
        }
        if (!changed.isEmpty()) {
            Kernel.prepare();
            KubernetesObject.prepare();
            Checks.prepare();
        }
        List<Problem> problems = new ArrayList<>();
        List<ReadEnvironment> environments = read(changed, problems);
        if (problems.isEmpty()) {
            problems.addAll(Neighbours.refusals(neighbours(environments), others(request, environments)));
        }
        if (problems.isEmpty()) {
            try (Extensions extensions = Extensions.of(request.extensions())) {
                results.addAll(render(environments, extensions, problems, console));
            }
        }
        if (!problems.isEmpty()) {
            console.refusals(problems);
            return ExitCode.USAGE;
        }
        tell(results, console);
        if (!results.stream().allMatch(EnvironmentResult::isAcceptable)) {
            return refuse(results, dist, known);
        }
        Outcome outcome = write(results, dist, known);
        return dist.isDry() ? WriteReport.preview(outcome, console) : WriteReport.print(outcome, console);
    }

    /** The manifests that the files would render, unchecked; empty when one of them is wrong, which is printed. */
    Optional<SortedMap<String, io.meshwright.manifest.Reading>> rendered(Rendering.Asked described, Console console)
            throws IOException {
        Kernel.prepare();
        KubernetesObject.prepare();
        List<Problem> problems = new ArrayList<>();
        List<EnvironmentFile> files = new ArrayList<>();
        for (Path path : described.environments()) {
            String instead = described.texts().get(path);
            files.add(
                    instead == null
                            ? EnvironmentFile.read(path)
                            : EnvironmentFile.holding(path, instead.getBytes(StandardCharsets.UTF_8)));
        }
        List<ReadEnvironment> environments = read(files, problems);
        if (problems.isEmpty()) {
            problems.addAll(Neighbours.refusals(neighbours(environments), List.of()));
        }
        SortedMap<String, io.meshwright.manifest.Reading> rendered = new TreeMap<>();
        if (problems.isEmpty()) {
            try (Extensions extensions = Extensions.of(described.extensions())) {
                for (ReadEnvironment environment : environments) {
                    problems.addAll(environment
                            .reading()
                            .places()
                            .refusals(() -> rendered.put(
                                    environment.name(),
                                    manifests(environment, files(environment.environment(), extensions)))));
                }
            }
        }
        console.refusals(problems);
        return problems.isEmpty() ? Optional.of(rendered) : Optional.empty();
    }

    @Override
    public Reading<Environment> read(Path file) throws IOException {
        return EnvironmentFile.read(file).reading();
    }

    @Override
    public Reading<Environment> read(Path file, byte[] text) throws IOException {
        return EnvironmentFile.holding(file, text).reading();
    }

    @Override
    public List<String> files(Path file) throws IOException {
        return Stream.concat(Stream.of(file.toString()), EnvironmentFile.read(file).others().stream())
                .toList();
    }

    @Override
    public UnaryOperator<Told> behind(Path file) {
        try {
            EnvironmentFile described = EnvironmentFile.read(file);
            List<ReadEnvironment> read = read(List.of(described), new ArrayList<>());
            return read.isEmpty() ? UnaryOperator.identity() : read.get(0)::decided;
        } catch (IOException unreadable) { // synth tells it; what check finds is true without
            return UnaryOperator.identity();
        }
    }

    @Override
    public void rest() {
        Kernel.rest();
    }

    /** An environment that its file describes without a mistake. */
    private record ReadEnvironment(EnvironmentFile file, Reading.Accepted<Environment> reading) {
        Environment environment() {
            return reading.value();
        }

        String name() {
            return environment().metadata().name().toString();
        }

        /** The finding with the key that decided what the object is. */
        Told decided(Told finding) {
            return Origins.of(environment(), finding.construct(), finding.message())
                    .map(key -> finding.from(reading.places().of(key)))
                    .orElse(finding);
        }
    }

    private static List<ReadEnvironment> read(List<EnvironmentFile> files, List<Problem> problems) {
        List<ReadEnvironment> environments = new ArrayList<>();
        for (EnvironmentFile file : files) {
            Reading<Environment> reading = file.reading();
            if (reading instanceof Reading.Accepted<Environment> accepted) {
                environments.add(new ReadEnvironment(file, accepted));
            } else if (reading instanceof Reading.Refused<Environment> refused) {
                problems.addAll(refused.problems());
            }
        }
        return environments;
    }

    private static List<Neighbour> neighbours(List<ReadEnvironment> environments) {
        return environments.stream()
                .map(environment -> new Neighbour(environment.file().path(), environment.reading()))
                .toList();
    }

    /** The other files of the folder that are right by themselves; one that is wrong is told when it is its turn. */
    private static List<Neighbour> others(Request request, List<ReadEnvironment> environments) throws IOException {
        List<Path> read = environments.stream()
                .map(environment -> environment.file().path())
                .toList();
        List<EnvironmentFile> others = new ArrayList<>();
        for (Path path : environments.isEmpty() ? List.<Path>of() : request.folder()) {
            if (!read.contains(path)) {
                others.add(EnvironmentFile.read(path));
            }
        }
        return neighbours(read(others, new ArrayList<>()));
    }

    /** Renders one environment after the other, and checks each while the next is rendered. */
    private static List<EnvironmentResult> render(
            List<ReadEnvironment> environments, Extensions extensions, List<Problem> problems, Console console) {
        List<CompletableFuture<EnvironmentResult>> results = new ArrayList<>();
        for (int i = 0; i < environments.size(); i++) {
            ReadEnvironment environment = environments.get(i);
            // Constructs refuse values that are right by themselves and wrong together; the file is where they are
            // mended.
            problems.addAll(environment.reading().places().refusals(() -> {
                console.step("rendering %s".formatted(environment.name()));
                List<OutputFile> files = files(environment.environment(), extensions);
                results.add(CompletableFuture.supplyAsync(() -> checked(environment, files), Pipeline::aside));
            }));
            if (i + 1 < environments.size()) {
                Kernel.restAfter(i + 1);
            }
        }
        console.step("checking");
        return results.stream().map(Pipeline::result).toList();
    }

    static List<OutputFile> files(Environment environment, Extensions extensions) {
        return PlatformApp.objects(environment, extensions).stream()
                .map(Pipeline::file)
                .toList();
    }

    private static OutputFile file(RenderedObject object) {
        if (object.kind().equals(RenderedObject.VALUES) && object.namespace() != null) {
            return new OutputFile(
                    ManifestPath.values(object.stack(), object.namespace(), object.name()),
                    object.text(),
                    object.construct());
        }
        ManifestPath path = object.namespace() == null
                ? ManifestPath.clusterScoped(object.stack(), object.kind(), object.name())
                : ManifestPath.namespaced(object.stack(), object.kind(), object.namespace(), object.name());
        return new OutputFile(path, object.text(), object.construct());
    }

    private static EnvironmentResult checked(ReadEnvironment environment, List<OutputFile> files) {
        List<Told> findings = Told.all(Checks.run(manifests(environment, files), Optional.empty())
                        .all())
                .stream()
                .map(environment::decided)
                .toList();
        return new EnvironmentResult.Rendered(environment.file(), environment.name(), files, findings);
    }

    private static io.meshwright.manifest.Reading manifests(ReadEnvironment environment, List<OutputFile> files) {
        ManifestReader reader = new ManifestReader();
        files.stream()
                .filter(file -> file.path().isManifest())
                .forEach(file ->
                        reader.text("%s/%s".formatted(environment.name(), file.path()), file.text(), file.construct()));
        return reader.read();
    }

    private static void aside(Runnable checks) {
        Thread thread = new Thread(checks, "checks");
        thread.setDaemon(true);
        thread.start();
    }

    private static EnvironmentResult result(CompletableFuture<EnvironmentResult> checked) {
        try {
            return checked.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static void tell(List<EnvironmentResult> results, Console console) {
        List<Told> findings =
                results.stream().flatMap(result -> result.findings().stream()).toList();
        if (!findings.isEmpty()) {
            console.problem(
                    new TextReport(console.isColoured()).render(findings).stripTrailing());
        }
    }

    private static Outcome write(List<EnvironmentResult> results, Distribution dist, KnownResults known)
            throws IOException {
        SortedMap<String, List<OutputFile>> rendered = new TreeMap<>();
        SortedMap<String, Changes> changes = new TreeMap<>();
        for (EnvironmentResult result : results) {
            if (result instanceof EnvironmentResult.Rendered made) {
                rendered.put(made.environment(), made.files());
            } else if (result instanceof EnvironmentResult.Kept kept) {
                changes.put(kept.environment(), new Changes(List.of(), List.of(), List.of(), kept.paths()));
            }
        }
        if (!rendered.isEmpty()) {
            Outcome outcome = dist.write(rendered);
            if (!(outcome instanceof Outcome.Written written)) {
                return outcome;
            }
            changes.putAll(written.changes());
            if (!dist.isDry()) {
                rendered(results).forEach(made -> known.written(made, dist));
            }
        }
        return new Outcome.Written(changes);
    }

    private static ExitCode refuse(List<EnvironmentResult> results, Distribution dist, KnownResults known) {
        rendered(results).filter(made -> !made.isAcceptable()).forEach(made -> known.refused(made, dist));
        return ExitCode.FINDINGS;
    }

    private static Stream<EnvironmentResult.Rendered> rendered(List<EnvironmentResult> results) {
        return results.stream()
                .filter(EnvironmentResult.Rendered.class::isInstance)
                .map(EnvironmentResult.Rendered.class::cast);
    }
}
