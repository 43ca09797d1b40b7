/** Rules of Istio's webhook for Gateways. */
@NullMarked
package io.meshwright.check.admission.gateway;

import org.jspecify.annotations.NullMarked;
