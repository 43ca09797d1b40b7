package io.meshwright.cli;

import io.meshwright.cli.program.HelmBinary;
import io.meshwright.cli.program.KustomizeBinary;
import io.meshwright.cli.program.Programs;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.ParsedFiles;
import io.meshwright.manifest.ParsedTexts;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.install.HelmRelease;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command on manifests: their paths, what exists beside them, and the release that counts. */
final class AskedManifests {
    static final String STANDARD_INPUT = "-";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--istio",
            paramLabel = "VERSION",
            description = "The Istio release that counts, such as 1.26 (default: as installed by the manifests).")
    private @Nullable String istio;

    @Option(
            names = "--externals",
            paramLabel = "FILE",
            description = "What exists beside the manifests, as an object of kind Externals; may be given again.")
    private List<Path> externals = new ArrayList<>();

    private Optional<KustomizeBinary> kustomize = Optional.empty();
    private Optional<HelmBinary> helm = Optional.empty();
    private boolean isBuilt;

    /** Lets programs of others build kustomizations that are named, and render charts. */
    void start(Programs programs) {
        kustomize = programs.kustomize();
        helm = programs.helm();
    }

    /**
     * Everything read, and the objects of its charts where helm may render them.
     *
     * @throws IOException when a helm binary cannot be started
     */
    Reading rendered(Reading read) throws IOException {
        if (helm.isEmpty()) {
            return read;
        }
        List<Reading> all = new ArrayList<>(List.of(read));
        for (HelmRelease release : HelmRelease.others(read.manifests())) {
            String name = "<helm template %s>".formatted(release.name());
            all.add(ManifestReader.of(name, helm.get().template(release)).into(release.namespace()));
        }
        return Reading.together(all);
    }

    /** The release that the caller names. */
    Optional<IstioVersion> version() {
        try {
            return Optional.ofNullable(istio).map(IstioVersion::of);
        } catch (InvalidValue wrong) {
            throw refused("--istio: %s".formatted(wrong.getMessage()));
        }
    }

    /** A reader that has read what exists beside the manifests. */
    ManifestReader reader() {
        return reader(ParsedFiles.none());
    }

    /** The same, which parses no file that is known. */
    ManifestReader reader(ParsedFiles known) {
        return begun(new ManifestReader(known));
    }

    /** The same, which parses no text that another of these has parsed. */
    ManifestReader reader(ParsedTexts known) {
        return begun(new ManifestReader(known));
    }

    private ManifestReader begun(ManifestReader reader) {
        files("--externals", externals).forEach(reader::path);
        return reader;
    }

    /**
     * Reads a path of the command line, which must exist, or standard input.
     *
     * @throws IOException when a named kustomize binary cannot be started
     */
    void read(ManifestReader reader, String path) throws IOException {
        if (path.equals(STANDARD_INPUT)) {
            reader.stream("<stdin>", System.in);
            return;
        }
        if (!exists(path)) {
            throw refused("PATH: \"%s\" does not exist; name a file or folder of manifests, or - for standard input"
                    .formatted(path));
        }
        Path asked = fromHere(path);
        if (kustomize.isPresent() && KustomizeBinary.builds(asked)) {
            isBuilt = true;
            reader.text("<kustomize build %s>".formatted(path), kustomize.get().build(asked));
        } else {
            reader.path(asked);
        }
    }

    /** Refuses a binary that had nothing to build. */
    void refuseIdleBinary() {
        if (kustomize.isPresent() && !isBuilt) {
            throw refused("--kustomize: no path is a folder with a kustomization.yaml; name one, or leave it out");
        }
    }

    /** A path below the working directory as seen from there, so that reports say the same wherever it lies. */
    static Path fromHere(String path) {
        Path here = Path.of("").toAbsolutePath();
        Path asked = Path.of(path);
        return asked.isAbsolute() && asked.startsWith(here) ? here.relativize(asked) : asked;
    }

    /** The files that an option names, which must be files. */
    List<Path> files(String option, List<Path> files) {
        files.stream().filter(path -> !Files.isRegularFile(path)).findFirst().ifPresent(path -> {
            throw refused("%s: \"%s\" is no file; name one".formatted(option, path));
        });
        return files;
    }

    static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException none) {
            return false;
        }
    }

    ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
