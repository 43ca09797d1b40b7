/** Facts that several checks ask for, read from the mesh and from manifests; nothing here finds anything wrong. */
package io.meshwright.check.evidence;
