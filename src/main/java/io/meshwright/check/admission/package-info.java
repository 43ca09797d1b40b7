/**
 * Objections of Istio's validating webhook beyond the schema of a kind (pkg/config/validation): one class for each
 * kind, and one for each part that several kinds share.
 */
@NullMarked
package io.meshwright.check.admission;

import org.jspecify.annotations.NullMarked;
