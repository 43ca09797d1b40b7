/** Requests of pods, the room of nodes, and whether the one goes into the other. */
@NullMarked
package io.meshwright.mesh.demand;

import org.jspecify.annotations.NullMarked;
