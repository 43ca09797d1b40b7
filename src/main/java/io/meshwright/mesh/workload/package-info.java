/** Pods and Services with the proxies that Istio puts before them, and the namespaces in which they lie. */
@NullMarked
package io.meshwright.mesh.workload;

import org.jspecify.annotations.NullMarked;
