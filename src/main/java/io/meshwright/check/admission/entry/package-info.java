/** Rules of Istio's webhook for ServiceEntries and workloads outside the cluster. */
package io.meshwright.check.admission.entry;
