/** Rules of Istio's webhook for VirtualServices. */
@NullMarked
package io.meshwright.check.admission.route;

import org.jspecify.annotations.NullMarked;
