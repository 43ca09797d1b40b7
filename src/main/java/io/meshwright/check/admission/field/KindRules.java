package io.meshwright.check.admission.field;

/** The rules for the {@code spec} of one kind. */
@FunctionalInterface
public interface KindRules {
    void examine(Field spec);
}
