/** The map of the mesh: Kiali's configuration file. */
package io.meshwright.construct.observability.kiali;
