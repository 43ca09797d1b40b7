package io.meshwright.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.page.Html;
import io.meshwright.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One HTML file with a map that needs nothing else: no network, which its own policy forbids, and no script but the two
 * whose digests that policy names.
 *
 * @param title plain text
 * @param heading HTML below the title
 * @param sort the class of the body: {@code map} or {@code plan}
 * @param below HTML that stands under the map
 */
public record MapTemplate(String title, String heading, String sort, String below) {
    private static final String DRAWING = "/META-INF/resources/webjars/cytoscape/%s/%s";

    /** The whole file, with a line feed at its end. */
    public String filled(JsonNode data) {
        return filled(data, "'none'");
    }

    /** The same for a page that may ask whoever served it. */
    String live(JsonNode data) {
        return filled(data, "'self'");
    }

    private String filled(JsonNode data, String asked) {
        String version = resource("cytoscape.txt").strip();
        String drawing = resource(DRAWING.formatted(version, "dist/cytoscape.min.js"));
        String licence = resource(DRAWING.formatted(version, "LICENSE"));
        String script = resource("map.js");
        String policy =
                "default-src 'none'; connect-src %s; style-src 'unsafe-inline'; script-src 'sha256-%s' 'sha256-%s'"
                        .formatted(asked, Sha256.base64(drawing), Sha256.base64(script));
        return resource("map.html")
                .replace("@policy@", policy)
                .replace("@sort@", sort)
                .replace("@title@", withoutMarks(Html.escaped(title)))
                .replace("@heading@", withoutMarks(heading))
                .replace("@below@", withoutMarks(below))
                .replace("@style@", resource("map.css"))
                .replace("@licence@", licence.replace("--", "- -"))
                .replace("@script@", script)
                .replace("@drawing@", drawing)
                .replace("@data@", inScript(data));
    }

    /** Escapes what comes from manifests and looks like a mark of the template. */
    private static String withoutMarks(String html) {
        return html.replace("@", "&#64;");
    }

    /** JSON that ends no script element: a less-than sign never stands in it as itself. */
    private static String inScript(JsonNode data) {
        return data.toString().replace("<", "\\u003c").replace("@", "\\u0040");
    }

    private static String resource(String name) {
        try (InputStream stream = MapTemplate.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("%s is not on the class path".formatted(name));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
