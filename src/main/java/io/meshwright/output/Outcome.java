package io.meshwright.output;

import java.util.List;
import java.util.SortedMap;

/** Outcome of a write: all environments stand as wanted, or none was begun and the problems say why. */
public sealed interface Outcome {
    /** Changes by environment name. */
    record Written(SortedMap<String, Changes> changes) implements Outcome {}

    /** One line per problem: {@code place: what is wrong; what to do}. */
    record Refused(List<String> problems) implements Outcome {}
}
