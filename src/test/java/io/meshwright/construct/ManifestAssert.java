package io.meshwright.construct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.assertj.core.api.AbstractAssert;

/** What a reader cares about in one manifest, by JSON pointer. */
public final class ManifestAssert extends AbstractAssert<ManifestAssert, JsonNode> {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private ManifestAssert(JsonNode manifest) {
        super(manifest, ManifestAssert.class);
    }

    public static ManifestAssert assertThat(JsonNode manifest) {
        return new ManifestAssert(manifest);
    }

    /** A text, number or truth value stands there. */
    public ManifestAssert has(String pointer, Object value) {
        return same(pointer, MAPPER.valueToTree(value));
    }

    /** JSON stands there, in which quotes may be single and field names bare. */
    public ManifestAssert hasJson(String pointer, String json) {
        try {
            return same(pointer, MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Nothing stands there. */
    public ManifestAssert lacks(String pointer) {
        if (!actual.at(pointer).isMissingNode()) {
            failWithMessage("Expecting nothing at %s but was%n  %s", pointer, actual.at(pointer));
        }
        return this;
    }

    private ManifestAssert same(String pointer, JsonNode expected) {
        if (!actual.at(pointer).equals(expected)) {
            failWithMessage("Expecting at %s%n  %s%nbut was%n  %s", pointer, expected, actual.at(pointer));
        }
        return this;
    }
}
