package io.meshwright.cli;

import io.meshwright.file.DistFolders;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.ParsedFiles;
import io.meshwright.manifest.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The manifests of a command line: all paths make one mesh, except that each environment of a dist is a mesh of its
 * own.
 */
final class AskedMeshes {
    private final AskedManifests asked;
    private final ParsedFiles known;

    /** @param known files that need not be parsed */
    AskedMeshes(AskedManifests asked, ParsedFiles known) {
        this.asked = asked;
        this.known = known;
    }

    /** One reading for each mesh. */
    List<Reading> read(List<String> paths) throws IOException {
        List<Reading> readings = new ArrayList<>();
        ManifestReader together = asked.reader(known);
        boolean any = false;
        for (String path : paths) {
            List<Path> environments = environments(path);
            for (Path environment : environments) {
                readings.add(asked.rendered(
                        DistFolders.stacks(environment, asked.reader(known)).read()));
            }
            if (environments.isEmpty()) {
                any = true;
                asked.read(together, path);
            }
        }
        asked.refuseIdleBinary();
        if (any) {
            readings.add(asked.rendered(together.read()));
        }
        return readings;
    }

    /** The folder itself or those in it that hold an inventory, which only a synth writes. */
    static List<Path> environments(String asked) throws IOException {
        return AskedManifests.exists(asked) ? DistFolders.environments(AskedManifests.fromHere(asked)) : List.of();
    }
}
