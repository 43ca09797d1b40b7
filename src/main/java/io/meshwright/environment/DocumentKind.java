package io.meshwright.environment;

import io.meshwright.value.Word;

/** What a file in {@code environments/} describes. */
public enum DocumentKind {
    @Word("Environment")
    ENVIRONMENT
}
