/** Which release of what goes with which Kubernetes and which Istio: one table, and the answers that it gives. */
package io.meshwright.platform.release;
