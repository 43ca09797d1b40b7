/** Rules of Istio's webhook for parts and values that several kinds have. */
@NullMarked
package io.meshwright.check.admission.part;

import org.jspecify.annotations.NullMarked;
