/** Facts that several checks ask for, read from the mesh and from manifests; nothing here finds anything wrong. */
@NullMarked
package io.meshwright.check.evidence;

import org.jspecify.annotations.NullMarked;
