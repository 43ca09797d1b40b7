package io.meshwright.incident.cause;

import io.meshwright.mesh.terms.Source;
import java.util.List;

/**
 * One thing that would end a request like this.
 *
 * @param what a sentence
 * @param decidedBy the fields that make it so; none where only the running system can tell
 * @param remedy what to do about it, a sentence
 */
public record Cause(String what, List<Source> decidedBy, String remedy) {
    public Cause {
        decidedBy = decidedBy.stream().distinct().toList();
    }

    static Cause of(String what, String remedy) {
        return new Cause(what, List.of(), remedy);
    }

    Cause by(Source source) {
        return new Cause(what, List.of(source), remedy);
    }
}
