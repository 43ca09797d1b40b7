package io.meshwright;

import io.meshwright.cli.Console;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.Synthesis;
import io.meshwright.cli.WriteReport;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Reading;
import io.meshwright.environment.reader.RecordReader;
import io.meshwright.output.Distribution;
import io.meshwright.output.ManifestPath;
import io.meshwright.output.OutputFile;
import io.meshwright.stack.PlatformApp;
import io.meshwright.stack.RenderedObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one way from environment files to dist: read, build, check, write; the first stage that refuses ends it. */
final class Pipeline implements Synthesis {

  @Override
  public ExitCode run(List<Path> files, Distribution dist, Console console) throws IOException {
    List<Environment> environments = read(files, console);
    if (environments.size() < files.size()) {
      return ExitCode.USAGE;
    }
    return WriteReport.print(dist.write(build(environments)), console);
  }

  private static List<Environment> read(List<Path> files, Console console) throws IOException {
    List<Environment> environments = new ArrayList<>();
    for (Path file : files) {
      Reading<Environment> reading = RecordReader.read(file.toString(), Files.readAllBytes(file), Environment.class);
      if (reading instanceof Reading.Accepted<Environment> accepted) {
        environments.add(accepted.value());
      } else if (reading instanceof Reading.Refused<Environment> refused) {
        refused.problems().forEach(problem -> console.problem(problem.toString()));
      }
    }
    return environments;
  }

  private static SortedMap<String, List<OutputFile>> build(List<Environment> environments) throws IOException {
    SortedMap<String, List<OutputFile>> rendered = new TreeMap<>();
    for (Environment environment : environments) {
      rendered.put(environment.metadata().name().toString(),
          PlatformApp.objects(environment).stream().map(Pipeline::file).toList());
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
