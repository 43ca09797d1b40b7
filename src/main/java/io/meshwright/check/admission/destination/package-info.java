/** Rules of Istio's webhook for DestinationRules. */
@NullMarked
package io.meshwright.check.admission.destination;

import org.jspecify.annotations.NullMarked;
