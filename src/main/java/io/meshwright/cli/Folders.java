package io.meshwright.cli;

import io.meshwright.extension.loading.ExtensionPath;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options by which a command line names folders that are elsewhere than usual. */
final class Folders {
    private Folders() {}

    /** The folder of environment files. */
    static final class Environments {
        @Option(
                names = "--environments",
                paramLabel = "DIR",
                description = "Where the environment files are (default: environments).")
        private @Nullable Path folder;

        Surroundings in(Surroundings surroundings) {
            return folder == null ? surroundings : surroundings.withEnvironments(folder);
        }
    }

    /** The folder of pages of documentation. */
    static final class Docs {
        @Option(names = "--docs", paramLabel = "DIR", description = "Where pages of documentation are (default: docs).")
        private @Nullable Path folder;

        Surroundings in(Surroundings surroundings) {
            return folder == null ? surroundings : surroundings.withDocs(folder);
        }
    }

    /** The places of Java classes that environments name. */
    static final class Extensions {
        @Option(
                names = ExtensionPath.OPTION,
                paramLabel = "PATH",
                description =
                        "Jars and folders of the Java classes that environments name, written as a class path is (default:"
                                + " $MESHWRIGHT_EXTENSIONS).")
        private @Nullable String path;

        ExtensionPath in(Surroundings surroundings) {
            return path == null ? surroundings.extensions() : ExtensionPath.parse(path);
        }
    }

    /** The folder of manifests. */
    static final class Dist {
        @Option(
                names = "--dist",
                paramLabel = "DIR",
                description = "Where manifests are (default: $CDK8S_OUTDIR, else dist).")
        private @Nullable Path folder;

        Surroundings in(Surroundings surroundings) {
            return folder == null ? surroundings : surroundings.withDist(folder);
        }

        boolean isNamed() {
            return folder != null;
        }
    }
}
