package io.meshwright.value.telemetry;

import io.meshwright.value.Word;

/** The distance that a service may be from what is usual before somebody is told. */
public enum Sensitivity {
    /** Nobody is told. */
    @Word("none")
    NONE,
    @Word("low")
    LOW,
    @Word("medium")
    MEDIUM,
    @Word("high")
    HIGH
}
