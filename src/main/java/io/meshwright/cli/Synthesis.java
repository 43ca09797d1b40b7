package io.meshwright.cli;

import io.meshwright.check.report.Told;
import io.meshwright.cli.option.Setting;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.extension.loading.ExtensionPath;
import io.meshwright.output.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** The way from environment files to dist: read, build, check, write. */
@FunctionalInterface
public interface Synthesis {
    /**
     * The environments that shall be rendered.
     *
     * @param environments one file each, in the order of their names; never empty
     * @param folder every environment file beside them, with which they must agree
     * @param dist where manifests go
     * @param fresh whether everything is rendered, also where nothing changed since it was last
     * @param settings keys that the command line gives, over all files
     * @param extensions where the Java classes are that the files name
     */
    record Request(
            List<Path> environments,
            List<Path> folder,
            Distribution dist,
            boolean fresh,
            List<Setting> settings,
            ExtensionPath extensions) {
        public Request {
            settings = List.copyOf(settings);
            environments = List.copyOf(environments);
            folder = List.copyOf(folder);
        }
    }

    /**
     * Writes everything or nothing, and prints why not.
     *
     * @throws IOException when the disk fails
     */
    ExitCode run(Request request, Console console) throws IOException;

    /**
     * The environment that a file and its bases describe, or what is wrong with it.
     *
     * @throws IOException when the disk fails
     */
    default Reading<Environment> read(Path file) throws IOException {
        return read(file, Files.readAllBytes(file));
    }

    /**
     * The same as if the file held other text.
     *
     * @throws IOException when the disk fails
     */
    default Reading<Environment> read(Path file, byte[] text) throws IOException {
        return EnvironmentReader.read(file.toString(), text);
    }

    /**
     * The files that an environment is made of, its own first.
     *
     * @throws IOException when the disk fails
     */
    default List<String> files(Path file) throws IOException {
        return List.of(file.toString());
    }

    /** Adds to findings, whose construct is known, the key of this environment file that decided it. */
    default UnaryOperator<Told> behind(Path file) {
        return UnaryOperator.identity();
    }

    /** Between two runs of one process: gives back what the last one took, and makes ready for the next. */
    default void rest() {}
}
