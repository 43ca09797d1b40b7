/** Rules of Istio's webhook for DestinationRules. */
package io.meshwright.check.admission.destination;
