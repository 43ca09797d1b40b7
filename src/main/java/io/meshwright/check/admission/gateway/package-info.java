/** Rules of Istio's webhook for Gateways. */
package io.meshwright.check.admission.gateway;
