package io.meshwright.mesh.terms;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Place;
import io.meshwright.manifest.Pointers;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The object, and the field in it by JSON Pointer, that decided something. */
public record Source(Manifest manifest, String pointer) {
    public static Source of(Manifest manifest) {
        return new Source(manifest, "");
    }

    /** A field below this one; the argument begins with a slash. */
    public Source at(String below) {
        return new Source(manifest, pointer.concat(below));
    }

    /** The field below this one whose key is written so. */
    public Source field(String key) {
        return new Source(manifest, Pointers.child(pointer, key));
    }

    /** An annotation of this object or template. */
    public Source annotation(String name) {
        return at("/metadata/annotations").field(name);
    }

    public Source item(String list, int index) {
        // Not formatted(), which every rule of every policy would pay for.
        return at("/".concat(list).concat("/").concat(Integer.toString(index)));
    }

    /** The items of a list, such as {@code spec/rules}; none where it is no list. */
    public Stream<Source> items(String list) {
        JsonNode items = value().at("/".concat(list));
        return items.isArray() ? IntStream.range(0, items.size()).mapToObj(index -> item(list, index)) : Stream.empty();
    }

    /** The field as it is written; a missing node where the object has none there. */
    public JsonNode value() {
        return manifest.at(pointer);
    }

    public Place place() {
        return manifest.place(pointer);
    }

    /** {@code VirtualService shop/reviews, file:line:column}. */
    @Override
    public String toString() {
        return "%s, %s".formatted(manifest, place());
    }
}
