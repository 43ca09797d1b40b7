package io.meshwright.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The list, beside the manifests, of the files that are ours: only these may be replaced or removed. */
record Inventory(String apiVersion, String kind, SortedMap<ManifestPath, Entry> files) {
    static final String FILE = "inventory.json";
    private static final String KIND = "Inventory";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectWriter WRITER = JSON.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(
                    new DefaultIndenter("  ", "\n"))); // not the platform's line end: the same bytes everywhere

    /** One file of ours. */
    record Entry(String sha256, String construct) {}

    Inventory {
        if (!MeshwrightNames.API_VERSION.equals(apiVersion) || !KIND.equals(kind) || files == null) {
            throw new IllegalArgumentException("not an inventory of %s".formatted(MeshwrightNames.API_VERSION));
        }
    }

    static Inventory of(Collection<OutputFile> files) {
        SortedMap<ManifestPath, Entry> entries = new TreeMap<>();
        files.forEach(file -> entries.put(file.path(), new Entry(Sha256.of(file.bytes()), file.construct())));
        return new Inventory(MeshwrightNames.API_VERSION, KIND, entries);
    }

    /** Reads what the last write left; nothing is ours where no inventory stands. */
    static Inventory read(EnvironmentFolder folder) throws IOException, RefusedException {
        Path file = folder.inventory();
        if (!EnvironmentFolder.stands(file)) {
            return new Inventory(MeshwrightNames.API_VERSION, KIND, new TreeMap<>());
        }
        try {
            Inventory inventory = JSON.readValue(Files.readAllBytes(file), Inventory.class);
            if (inventory != null) {
                return inventory;
            }
        } catch (JsonProcessingException e) { // its text speaks of our classes, not of what a person can mend
        }
        throw RefusedException.because(
                "%s: is not an inventory that this program wrote; restore it, for example with git checkout",
                folder.shown(FILE));
    }

    String text() {
        try {
            return WRITER.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an inventory of strings is always JSON", e);
        }
    }
}
