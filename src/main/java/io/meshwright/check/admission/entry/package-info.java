/** Rules of Istio's webhook for ServiceEntries and workloads outside the cluster. */
@NullMarked
package io.meshwright.check.admission.entry;

import org.jspecify.annotations.NullMarked;
