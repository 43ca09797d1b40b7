package io.meshwright.mesh.extension;

/** The effect that a patch of an EnvoyFilter has to a request; {@code what} is the end of a sentence about it. */
public sealed interface PatchEffect {
    String what();

    /** Nothing that decides how the request ends, such as telemetry. */
    record Nothing(String what) implements PatchEffect {}

    /** An answer that no single request meets, such as 429 when there are too many. */
    record Limit(String what) implements PatchEffect {}

    /** Perhaps anything. */
    record Unknown(String what) implements PatchEffect {}
}
