package io.meshwright.stack;

import io.meshwright.construct.object.ApiObjects;
import io.meshwright.stack.delivery.InstallStack;
import io.meshwright.stack.delivery.Marks;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    /** Kind of the file that holds the values of a Release as helm reads them, and is no object. */
    public static final String VALUES = "values";

    /** The object as whoever delivers it needs it, and behind a Release the values that helm reads. */
    static Stream<RenderedObject> of(ApiObjects.Rendered object, Marks marks) {
        RenderedObject rendered = new RenderedObject(
                marks.folder(object.chart(), object.text()),
                object.kind(),
                object.namespace(),
                object.name(),
                marks.text(object.text()),
                object.path());
        return object.chart().equals(InstallStack.ID) && object.kind().equals("Release")
                ? Stream.of(rendered, rendered.values())
                : Stream.of(rendered);
    }

    private RenderedObject values() {
        String head = "  values:";
        String below = text.substring(text.indexOf("\n%s".formatted(head)) + 1 + head.length());
        String values = below.startsWith("\n")
                ? below.substring(1)
                        .lines()
                        .map(line -> line.replaceFirst("^ {4}", ""))
                        .collect(Collectors.joining("\n"))
                : below.strip();
        return new RenderedObject(stack, VALUES, namespace, name, values.concat("\n"), construct);
    }
}
