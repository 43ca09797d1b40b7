package io.meshwright.check.admission.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.check.admission.field.Field;
import io.meshwright.manifest.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys of an issuer, written into the object as JSON (RFC 7517). */
final class KeySet {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Map<String, List<String>> PARTS = Map.of(
            "RSA", List.of("n", "e"), "EC", List.of("crv", "x", "y"), "OKP", List.of("crv", "x"), "oct", List.of("k"));

    private KeySet() {}

    static void examine(Field keys) {
        flaw(keys.text())
                .ifPresent(flaw -> keys.refuse(
                        "the keys cannot be read: %s".formatted(flaw),
                        "Write {\"keys\": [...]} as the issuer publishes it, or jwksUri."));
        if (keys.version().warnsOfPrivateKeys() && isPrivate(keys.text())) {
            keys.warn(
                    "a private key is among them, and whoever reads the object can sign tokens with it",
                    "Write public keys only, and make new keys.");
        }
    }

    private static boolean isPrivate(String text) {
        try {
            return keys(JSON.readTree(text)).stream().anyMatch(key -> key.has("d") || key.has("k"));
        } catch (JsonProcessingException broken) {
            return false;
        }
    }

    private static List<JsonNode> keys(JsonNode set) {
        return set.has("keys") ? Fields.items(set.path("keys")) : List.of(set);
    }

    private static Optional<String> flaw(String text) {
        try {
            JsonNode set = JSON.readTree(text);
            if (!set.isObject()) {
                return Optional.of("they are no JSON object");
            }
            return keys(set).stream()
                    .map(KeySet::keyFlaw)
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (JsonProcessingException broken) {
            return Optional.of("they are no JSON");
        }
    }

    private static Optional<String> keyFlaw(JsonNode key) {
        String type = key.path("kty").asText("");
        if (!PARTS.containsKey(type)) {
            return Optional.of("a key has the type \"%s\", which is none".formatted(type));
        }
        return PARTS.get(type).stream()
                .filter(part -> key.path(part).asText("").isEmpty())
                .findFirst()
                .map(part -> "a key of type %s has no \"%s\"".formatted(type, part));
    }
}
