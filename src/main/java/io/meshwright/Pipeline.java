package io.meshwright;

import io.meshwright.check.Checks;
import io.meshwright.check.Findings;
import io.meshwright.check.report.TextReport;
import io.meshwright.cli.Console;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.Synthesis;
import io.meshwright.cli.WriteReport;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Problem;
import io.meshwright.environment.reader.Reading;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.output.Distribution;
import io.meshwright.output.ManifestPath;
import io.meshwright.output.OutputFile;
import io.meshwright.routes.RoutesPage;
import io.meshwright.stack.EnvironmentPages;
import io.meshwright.stack.PlatformApp;
import io.meshwright.stack.RenderedObject;
import io.meshwright.upgrade.UpgradePage;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one way from environment files to dist: read, build, check, write; the first stage that refuses ends it. */
final class Pipeline implements Synthesis {
    @Override
    public ExitCode run(List<Path> files, Distribution dist, Console console) throws IOException {
        List<Problem> problems = new ArrayList<>();
        List<Reading.Accepted<Environment>> environments = read(files, problems);
        SortedMap<String, List<OutputFile>> rendered =
                problems.isEmpty() ? build(environments, problems) : new TreeMap<>();
        if (!problems.isEmpty()) {
            problems.forEach(problem -> console.problem(problem.toString()));
            return ExitCode.USAGE;
        }
        Findings findings = check(rendered);
        if (!findings.all().isEmpty()) {
            console.problem(
                    new TextReport(console.isColoured()).render(findings).stripTrailing());
        }
        return findings.isAcceptable(false) ? WriteReport.print(dist.write(rendered), console) : ExitCode.FINDINGS;
    }

    private static Findings check(SortedMap<String, List<OutputFile>> rendered) {
        List<Findings> findings = new ArrayList<>();
        rendered.forEach((environment, files) -> {
            ManifestReader reader = new ManifestReader();
            files.forEach(
                    file -> reader.text("%s/%s".formatted(environment, file.path()), file.text(), file.construct()));
            findings.add(Checks.run(reader.read(), Optional.empty()));
        });
        return Findings.together(findings);
    }

    private static List<Reading.Accepted<Environment>> read(List<Path> files, List<Problem> problems)
            throws IOException {
        List<Reading.Accepted<Environment>> environments = new ArrayList<>();
        for (Path file : files) {
            Reading<Environment> reading = EnvironmentReader.read(file.toString(), Files.readAllBytes(file));
            if (reading instanceof Reading.Accepted<Environment> accepted) {
                environments.add(accepted);
            } else if (reading instanceof Reading.Refused<Environment> refused) {
                problems.addAll(refused.problems());
            }
        }
        return environments;
    }

    /** The pages of all environments; a file that cannot be read has none, and synth tells why. */
    static SortedMap<String, String> pages(List<Path> files) throws IOException {
        SortedMap<String, String> pages = new TreeMap<>();
        for (Reading.Accepted<Environment> reading : read(files, new ArrayList<>())) {
            pages.putAll(EnvironmentPages.of(reading.value()));
            rendered(reading.value(), pages);
        }
        return pages;
    }

    /** Pages that are made of the manifests and not of the file. */
    private static void rendered(Environment environment, SortedMap<String, String> pages) throws IOException {
        String name = environment.metadata().name().toString();
        ManifestReader reader = new ManifestReader();
        PlatformApp.objects(environment).forEach(object -> reader.text(object.name(), object.text()));
        Mesh mesh = Mesh.of(reader.read().manifests());
        pages.put(
                "routes/%s.md".formatted(name),
                RoutesPage.of(name, mesh, environment.cluster().silences()));
        pages.put(
                "upgrade/%s.md".formatted(name),
                UpgradePage.of(
                        name,
                        environment.cluster().kubernetes(),
                        environment.istio().version(),
                        mesh));
    }

    /** Constructs refuse values that are right by themselves and wrong together; the file is where they are mended. */
    private static SortedMap<String, List<OutputFile>> build(
            List<Reading.Accepted<Environment>> environments, List<Problem> problems) throws IOException {
        SortedMap<String, List<OutputFile>> rendered = new TreeMap<>();
        for (Reading.Accepted<Environment> reading : environments) {
            try {
                rendered.put(
                        reading.value().metadata().name().toString(),
                        PlatformApp.objects(reading.value()).stream()
                                .map(Pipeline::file)
                                .toList());
            } catch (InvalidValue refusal) {
                problems.add(reading.places().of(refusal));
            }
        }
        return rendered;
    }

    private static OutputFile file(RenderedObject object) {
        ManifestPath path = object.namespace() == null
                ? ManifestPath.clusterScoped(object.stack(), object.kind(), object.name())
                : ManifestPath.namespaced(object.stack(), object.kind(), object.namespace(), object.name());
        return new OutputFile(path, object.text(), object.construct());
    }
}
