/** Words that every room of the mesh shares: hosts, protocols, sources, releases of Istio, the mesh configuration. */
@NullMarked
package io.meshwright.mesh.terms;

import org.jspecify.annotations.NullMarked;
