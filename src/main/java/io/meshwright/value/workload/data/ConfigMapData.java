package io.meshwright.value.workload.data;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Sha256;
import io.meshwright.value.delivery.BesideBinary;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A ConfigMap that several services read, as variables or as files. */
@Doc(
        "A ConfigMap that services of the namespace read, as variables or as files; a change of it starts new pods of those"
                + " that name it.")
@Sample("{data: {level: info}}")
public record ConfigMapData(
        @Defaulted
        @Doc("Texts by their keys: what stands in them, or from: a path from the folder of this file.")
        @Sample("{level: info}")
        Map<String, MountedFile> data,

        @Defaulted
        @Doc("Binary files by their keys: paths from the folder of this file.")
        @Sample("{logo.png: files/logo.png}")
        Map<String, BesideBinary> binaryData) {
    private static final int LARGEST = 1 << 20; // bytes of all values [kubernetes.io, ConfigMap]

    public ConfigMapData {
        data = data == null ? Map.of() : new LinkedHashMap<>(data);
        binaryData = binaryData == null ? Map.of() : new LinkedHashMap<>(binaryData);
        Require.that(!data.isEmpty() || !binaryData.isEmpty(), "", "holds nothing", "give data or binaryData");
        for (Map.Entry<String, MountedFile> entry : data.entrySet()) {
            String at = KeyPath.of("data").key(entry.getKey()).text();
            DataKey.check(at, entry.getKey());
            Require.that(!entry.getValue().isBinary(), at, "is no text", "move it to binaryData");
            Require.that(
                    !OpenSecrets.isPassword(entry.getKey(), entry.getValue().content()),
                    at,
                    "is a password, and everybody reads it here",
                    "put it into a Secret, and name that");
        }
        for (String key : binaryData.keySet()) {
            String at = KeyPath.of("binaryData").key(key).text();
            DataKey.check(at, key);
            Require.that(!data.containsKey(key), at, "is in data as well", "write each key once");
        }
        long size = Stream.concat(
                        data.values().stream().map(MountedFile::size),
                        binaryData.values().stream().map(BesideBinary::size))
                .mapToLong(Integer::longValue)
                .sum();
        Require.that(
                size <= LARGEST,
                "",
                "holds %d bytes, and a ConfigMap a mebibyte at most".formatted(size),
                "write several, or bring it in the image");
    }

    /** Texts by their keys, sorted. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        data.forEach((key, text) -> texts.put(key, text.content()));
        return texts;
    }

    /** Base64 of the binary files by their keys, sorted. */
    public Map<String, String> binaries() {
        Map<String, String> binaries = new TreeMap<>();
        binaryData.forEach((key, binary) -> binaries.put(key, binary.base64()));
        return binaries;
    }

    /** Adds all that it holds to a checksum. */
    public void addTo(Sha256 checksum) {
        texts().forEach((key, text) -> checksum.add(key).add(text));
        binaries().forEach((key, text) -> checksum.add(key).add(text));
    }

    /** Its keys, in the order of the file. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>(data.keySet());
        keys.addAll(binaryData.keySet());
        return keys;
    }
}
