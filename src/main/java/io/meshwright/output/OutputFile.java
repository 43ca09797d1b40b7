package io.meshwright.output;

import java.nio.charset.StandardCharsets;

/**
 * One manifest on its way to dist.
 *
 * @param text the whole file, ending with a line feed
 * @param construct the path of the construct that made the object, for the inventory and for messages
 */
public record OutputFile(ManifestPath path, String text, String construct) {
    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
