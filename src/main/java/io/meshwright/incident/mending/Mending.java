package io.meshwright.incident.mending;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Source;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A change of one object that may mend an incident.
 *
 * @param what is changed, a half sentence
 * @param place the field, or the nearest that is written
 * @param body the whole object as it would be
 * @param proves whether it must change how the request ends by the manifests; otherwise only the cluster tells whether
 *     it helps
 * @param mind what else must be thought of, a sentence
 */
public record Mending(String what, Source place, JsonNode body, boolean proves, Optional<String> mind) {
    /** Sets or adds something in the object that is at the place. */
    static Mending of(String what, Source place, Consumer<ObjectNode> change) {
        ObjectNode body = place.manifest().body().deepCopy();
        if (body.at(place.pointer()) instanceof ObjectNode object) {
            change.accept(object);
        }
        return new Mending(what, place, body, true, Optional.empty());
    }

    /** The same about something that manifests do not tell, such as how long an answer takes. */
    Mending unproved() {
        return new Mending(what, place, body, false, mind);
    }

    Mending mind(String sentence) {
        return new Mending(what, place, body, proves, Optional.of(sentence));
    }

    Manifest before() {
        return place.manifest();
    }

    /** Tells whether the object would be another one at all. */
    boolean changes() {
        return !body.equals(before().body());
    }

    /** The list under a key, which is made where it is missing. */
    static ArrayNode list(ObjectNode object, String key) {
        return object.path(key) instanceof ArrayNode list ? list : object.putArray(key);
    }

    /** The object under a key, which is made where it is missing. */
    static ObjectNode object(ObjectNode object, String key) {
        return object.path(key) instanceof ObjectNode inside ? inside : object.putObject(key);
    }
}
