/** The settings that a calling proxy heeds: Sidecars and DestinationRules. */
package io.meshwright.mesh.client;
