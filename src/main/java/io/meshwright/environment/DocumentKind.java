package io.meshwright.environment;

import io.meshwright.value.Word;

/** Kinds of files in {@code environments/}. */
public enum DocumentKind {
    @Word("Environment")
    ENVIRONMENT
}
