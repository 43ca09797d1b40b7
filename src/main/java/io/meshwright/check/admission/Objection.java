package io.meshwright.check.admission;

import io.meshwright.check.Severity;
import io.meshwright.mesh.terms.Source;

/** What the webhook says against a field: an error when it refuses the object, a warning when it admits it. */
public record Objection(Source source, Severity severity, String message, String remedy) {}
