/** Words that every room of the mesh shares: hosts, protocols, sources, releases of Istio, the mesh configuration. */
package io.meshwright.mesh.terms;
