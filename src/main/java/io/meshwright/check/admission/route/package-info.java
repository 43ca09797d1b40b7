/** Rules of Istio's webhook for VirtualServices. */
package io.meshwright.check.admission.route;
