package io.meshwright.environment.reader;

import java.util.List;
import java.util.function.Function;

/**
 * A mapping whose every value is written to one place of another file.
 *
 * @param text the mapping
 * @param place the keys on the way to the place, from the root, by the key in the mapping
 * @param known how many of these keys the other file must have
 */
public record Overlay(SourceText text, Function<String, List<String>> place, int known) {}
