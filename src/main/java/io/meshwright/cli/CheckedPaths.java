package io.meshwright.cli;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The manifests of a command line: all paths make one mesh, except that each environment of a dist is a mesh of its
 * own.
 */
final class CheckedPaths {
  private static final String STANDARD_INPUT = "-";
  private static final String INVENTORY = "inventory.json";
  private final List<Path> common;
  private final InputStream input;

  /** {@code common} are read into each mesh, such as externals. */
  CheckedPaths(List<Path> common, InputStream input) {
    this.common = common;
    this.input = input;
  }

  /** One reading for each mesh. */
  List<Reading> read(List<String> paths) throws IOException {
    List<Reading> readings = new ArrayList<>();
    ManifestReader together = reader();
    boolean any = false;
    for (String path : paths) {
      List<Path> environments = path.equals(STANDARD_INPUT) ? List.of() : environments(Path.of(path));
      for (Path environment : environments) {
        readings.add(stacks(environment));
      }
      if (environments.isEmpty()) {
        any = true;
        add(together, path);
      }
    }
    if (any) {
      readings.add(together.read());
    }
    return readings;
  }

  private ManifestReader reader() {
    ManifestReader reader = new ManifestReader();
    common.forEach(reader::path);
    return reader;
  }

  private void add(ManifestReader reader, String path) {
    if (path.equals(STANDARD_INPUT)) {
      reader.stream("<stdin>", input);
    } else {
      reader.path(Path.of(path));
    }
  }

  /** The folder itself or those in it that hold an inventory, which only a synth writes. */
  private static List<Path> environments(Path path) throws IOException {
    if (Files.exists(path.resolve(INVENTORY))) {
      return List.of(path);
    }
    return children(path).stream().filter(child -> Files.exists(child.resolve(INVENTORY))).toList();
  }

  private Reading stacks(Path environment) throws IOException {
    ManifestReader reader = reader();
    children(environment).stream().filter(child -> !child.endsWith(INVENTORY)).forEach(reader::path);
    return reader.read();
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
