/** Rules of Istio's webhook for policies of authorization and authentication. */
package io.meshwright.check.admission.security;
