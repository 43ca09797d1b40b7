/** The map of the mesh: Kiali's configuration file. */
@NullMarked
package io.meshwright.construct.observability.kiali;

import org.jspecify.annotations.NullMarked;
