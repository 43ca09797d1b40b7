/** Rules of Istio's webhook for policies of authorization and authentication. */
@NullMarked
package io.meshwright.check.admission.security;

import org.jspecify.annotations.NullMarked;
