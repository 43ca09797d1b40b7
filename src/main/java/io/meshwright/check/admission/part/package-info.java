/** Rules of Istio's webhook for parts and values that several kinds have. */
package io.meshwright.check.admission.part;
