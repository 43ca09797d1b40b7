package io.meshwright.stack;

import io.meshwright.construct.object.ApiObjects;
import org.jspecify.annotations.Nullable;

/**
 * One object of one chart, as the text that goes to {@code dist}.
 *
 * @param stack the chart, which is the folder
 * @param namespace null for a cluster-scoped object
 * @param text the whole YAML document, ended by a line feed
 * @param construct path of the construct that made it
 */
public record RenderedObject(
        String stack, String kind, @Nullable String namespace, String name, String text, String construct) {
    static RenderedObject of(ApiObjects.Rendered object) {
        return new RenderedObject(
                object.chart(), object.kind(), object.namespace(), object.name(), object.text(), object.path());
    }
}
