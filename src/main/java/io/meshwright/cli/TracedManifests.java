package io.meshwright.cli;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.manifest.Unreadable;
import io.meshwright.mesh.IstioVersion;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.InvalidValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The manifests that a command line names, and what Istio makes of them. */
final class TracedManifests {

  private static final String STANDARD_INPUT = "-";

  @Option(names = "--env", paramLabel = "NAME", description = "The manifests of this environment in dist.")
  private String environment;

  @Option(names = "--istio", paramLabel = "VERSION",
      description = "The Istio release whose behaviour counts (default: as installed by the manifests).")
  private String istio;

  @Option(names = "--externals", paramLabel = "FILE",
      description = "What exists beside the manifests, as objects of kind Externals; may be given again.")
  private List<Path> externals = new ArrayList<>();

  Mesh mesh(List<String> paths, Surroundings surroundings, Console console) {
    if (paths.isEmpty() == (environment == null)) {
      throw new InvalidValue("trace", "the manifests are not named, or twice", "give either --env NAME or paths");
    }
    ManifestReader reader = new ManifestReader();
    if (environment != null) {
      reader.path(folder(surroundings));
    }
    paths.forEach(path -> add(reader, path));
    externals.forEach(file -> add(reader, file.toString()));
    Reading reading = reader.read();
    reading.unreadable().stream().filter(flaw -> flaw.flaw() != Unreadable.Flaw.FOREIGN)
        .forEach(flaw -> console.problem("%s: %s".formatted(flaw.place(), flaw.message())));
    return istio == null ? Mesh.of(reading.manifests()) : Mesh.of(reading.manifests(), version());
  }

  private IstioVersion version() {
    try {
      return IstioVersion.of(istio);
    } catch (InvalidValue wrong) {
      throw wrong.under("istio");
    }
  }

  private Path folder(Surroundings surroundings) {
    Path folder = surroundings.dist().resolve(environment);
    if (!Files.isDirectory(folder)) {
      throw new InvalidValue("env", "\"%s\" has no folder in dist".formatted(environment),
          "name an environment that was synthesized");
    }
    // Places are read by people who stand in the working directory.
    Path here = Path.of("").toAbsolutePath();
    return folder.isAbsolute() && folder.startsWith(here) ? here.relativize(folder) : folder;
  }

  private static void add(ManifestReader reader, String path) {
    if (path.equals(STANDARD_INPUT)) {
      reader.stream("<stdin>", System.in);
      return;
    }
    if (!Files.exists(Path.of(path))) {
      throw new InvalidValue("path", "\"%s\" is not there".formatted(path),
          "name a folder or file with manifests, or - for standard input");
    }
    reader.path(Path.of(path));
  }
}
