/** Waypoints of ambient mode, and which calls pass them. */
@NullMarked
package io.meshwright.mesh.waypoint;

import org.jspecify.annotations.NullMarked;
