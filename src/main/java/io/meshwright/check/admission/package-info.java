/**
 * What Istio's validating webhook refuses or warns of beyond the schema of a kind (pkg/config/validation): one class
 * for each kind, and one for each part that several kinds share.
 */
package io.meshwright.check.admission;
