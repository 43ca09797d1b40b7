/**
 * The mesh that Istio makes of the manifests: which pods exist and carry a proxy, which hosts lead where, who may speak
 * to whom and how. Pure functions over the manifest model; docs/decisions/0001-mesh-package.md says why they live here,
 * and in which order the packages below import each other.
 *
 * <p>The words: a <em>source</em> is a field of a manifest with its place in a file. A <em>truth</em> is yes, no or
 * unknown, the last where manifests do not tell; an <em>attribute</em> is a fact about a call of which the same holds.
 * A <em>pod</em> stands for all replicas of a workload, and a <em>service</em> for all that has a host in the registry:
 * a Service, a ServiceEntry, or one that a chart makes. A <em>client</em> is a calling pod as routes and rules look at
 * it, by namespace and labels. An <em>attachment</em> is the choice of pods on which a policy acts. The <em>age</em> of
 * objects settles conflicts, and is known only of what was read from a cluster.
 */
@NullMarked
package io.meshwright.mesh;

import org.jspecify.annotations.NullMarked;
