package io.meshwright.output;

import io.meshwright.value.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows which construct made a manifest of an environment's folder, as the inventory beside it tells. */
public final class Makers {
    private final Path folder;
    private final Inventory inventory;

    private Makers(Path folder, Inventory inventory) {
        this.folder = folder;
        this.inventory = inventory;
    }

    /** Of a folder in dist; of no file where its inventory cannot be read. */
    public static Optional<Makers> of(Path dist, String environment) {
        try {
            EnvironmentFolder folder = EnvironmentFolder.in(dist, environment);
            return Optional.of(new Makers(folder.path(), Inventory.read(folder)));
        } catch (IOException | RefusedException unknown) {
            return Optional.empty();
        }
    }

    /** The construct's path; empty for a file that is not ours, or that somebody changed since it was written. */
    public Optional<String> of(String path) {
        return Optional.ofNullable(listed(path))
                .filter(entry -> isAsWritten(path, entry))
                .map(Inventory.Entry::construct);
    }

    private Inventory.@Nullable Entry listed(String path) {
        try {
            return inventory.files().get(ManifestPath.parse(path));
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }

    private boolean isAsWritten(String path, Inventory.Entry entry) {
        try {
            return entry.sha256().equals(Sha256.of(Files.readAllBytes(folder.resolve(path))));
        } catch (IOException gone) {
            return false;
        }
    }
}
