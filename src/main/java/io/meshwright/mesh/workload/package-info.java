/** Pods and Services with the proxies that Istio puts before them, and the namespaces in which they lie. */
package io.meshwright.mesh.workload;
