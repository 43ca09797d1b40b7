/** Rules of Istio's webhook for Sidecars. */
@NullMarked
package io.meshwright.check.admission.sidecar;

import org.jspecify.annotations.NullMarked;
