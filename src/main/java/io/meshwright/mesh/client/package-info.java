/** The settings that a calling proxy heeds: Sidecars and DestinationRules. */
@NullMarked
package io.meshwright.mesh.client;

import org.jspecify.annotations.NullMarked;
