package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An annotation that some release of Istio reads, and on which kinds of objects it does. */
public record KnownAnnotation(String name, List<String> kinds, boolean deprecated, boolean alpha) {
    private static final Map<String, KnownAnnotation> ALL = all();
    private static final String ANY = "Any";

    private static Map<String, KnownAnnotation> all() {
        try (InputStream table = KnownAnnotation.class.getResourceAsStream("annotations.yaml")) {
            JsonNode entries = ManifestReader.value(new String(table.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow();
            Map<String, KnownAnnotation> all = new TreeMap<>();
            entries.properties()
                    .forEach(entry -> all.put(
                            entry.getKey(),
                            new KnownAnnotation(
                                    entry.getKey(),
                                    Fields.texts(entry.getValue().path("kinds")),
                                    entry.getValue().path("deprecated").asBoolean(false),
                                    entry.getValue().path("alpha").asBoolean(false))));
            return all;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public static Optional<KnownAnnotation> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** True if a name is in a domain of Istio, or the one of Kubernetes that Istio reads. */
    public static boolean isIstios(String name) {
        int slash = name.indexOf('/');
        String domain = name.substring(0, Math.max(0, slash));
        return domain.equals("istio.io") || domain.endsWith(".istio.io") || name.equals("kubernetes.io/ingress.class");
    }

    public boolean isReadOn(String kind) {
        return kinds.contains(ANY) || kinds.contains(kind);
    }
}
