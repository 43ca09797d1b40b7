package io.meshwright.trace.report;

import io.meshwright.manifest.Place;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.request.Request;
import java.util.List;

/** A row of a request table: a request, and what must become of it. */
public record RequestRow(String name, Request request, Place place, Expectation expectation) {
    /** Follows the request; one sentence on each thing that is not as expected. */
    public List<String> misses(Trace trace) {
        return misses(trace.follow(request));
    }

    /** One sentence on each thing of this way that is not as expected. */
    public List<String> misses(Path path) {
        return expectation.misses(path);
    }

    @Override
    public String toString() {
        return name;
    }
}
