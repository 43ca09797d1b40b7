package io.meshwright.construct.observability.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that reads the configuration that we render, found by PATH or where {@code .ci/validators} puts it. */
public final class Program {
  private final Path path;

  private Program(Path path) {
    this.path = path;
  }

  /** The program; the calling test is skipped, and says why, when this machine does not have it. */
  public static Program of(String name) {
    List<Path> folders = new ArrayList<>();
    String tools = System.getenv("MESHWRIGHT_TOOLS");
    folders.add(tools == null ? Path.of(System.getProperty("user.home"), ".cache", "meshwright", "bin")
        : Path.of(tools));
    Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).forEach(folders::add);
    Path found = folders.stream().map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst()
        .orElse(null);
    assumeTrue(found != null, () ->
        "%s is missing, so what it would check is skipped; .ci/validators builds it".formatted(name));
    return new Program(found);
  }

  /** Runs to its end, at most a minute; the answer holds both outputs. */
  public Answer run(Path folder, String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile("program", ".out");
    Process process = builder(folder, output, List.of(arguments)).start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IOException("%s did not end within a minute".formatted(path.getFileName()));
      }
      return new Answer(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /** Starts a server; its output goes to a file for the message of a failed test. */
  public Server start(Path folder, List<String> arguments) throws IOException {
    Path output = folder.resolve("%s.out".formatted(path.getFileName()));
    return new Server(builder(folder, output, arguments).start(), output);
  }

  private ProcessBuilder builder(Path folder, Path output, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(output.toFile());
  }

  /** How a program ended. */
  public record Answer(int exit, String output) {}
}
