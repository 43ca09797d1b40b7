/** Waypoints of ambient mode, and which calls pass them. */
package io.meshwright.mesh.waypoint;
