/** Rules of Istio's webhook for Sidecars. */
package io.meshwright.check.admission.sidecar;
