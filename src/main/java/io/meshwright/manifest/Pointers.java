package io.meshwright.manifest;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** JSON Pointers (RFC 6901) as texts. */
public final class Pointers {
    private static final int MOST_COMPILED = 20_000;
    private static final Map<String, JsonPointer> COMPILED = new ConcurrentHashMap<>();

    private Pointers() {}

    /** The same few pointers are asked for in every object. */
    static JsonPointer compiled(String pointer) {
        JsonPointer known = COMPILED.get(pointer);
        if (known == null) {
            known = JsonPointer.compile(pointer);
            if (COMPILED.size() < MOST_COMPILED) {
                COMPILED.put(pointer, known);
            }
        }
        return known;
    }

    /** The pointer to a field, by its key as it is written, or to an item by its index. */
    public static String child(String pointer, String key) {
        String escaped = key.indexOf('~') < 0 && key.indexOf('/') < 0
                ? key
                : key.replace("~", "~0").replace("/", "~1");
        return pointer.concat("/").concat(escaped);
    }

    static String parent(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }
}
