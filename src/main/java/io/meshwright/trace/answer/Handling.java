package io.meshwright.trace.answer;

import io.meshwright.mesh.route.RouteEntry;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The effect of a proxy's route on a request besides sending it on; {@code route} is empty where no VirtualService has
 * a say, {@code timeout} is as written and empty where there is none, {@code allowOrigin} is the origin that may read
 * the answer, {@code authority} and {@code path} are what the next hop sees, {@code requestHeaders} are the headers
 * that it changes, such as {@code x-team: a} or {@code no x-team}, {@code responseHeaders} are those that the route
 * gives its answers, by their names in small letters.
 */
public record Handling(
        Optional<RouteEntry> route,
        Optional<String> timeout,
        Retries retries,
        boolean hasCors,
        Optional<String> allowOrigin,
        String authority,
        String path,
        List<String> mirrors,
        List<String> requestHeaders,
        SortedMap<String, String> responseHeaders) {
    public Handling {
        responseHeaders = Collections.unmodifiableSortedMap(responseHeaders);
    }

    /** The name of the route, or an empty text. */
    public String name() {
        return route.map(entry -> entry.route().name()).orElse("");
    }
}
