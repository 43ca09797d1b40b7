package io.meshwright.check.admission.field;

import io.meshwright.check.Severity;
import io.meshwright.mesh.terms.Source;

/** A sentence of the webhook against a field: an error when it refuses the object, a warning when it admits it. */
public record Objection(Source source, Severity severity, String message, String remedy) {}
