package io.meshwright.check.admission;

/** The rules for the {@code spec} of one kind. */
@FunctionalInterface
interface KindRules {
    void examine(Field spec);
}
