/** The ways to mend an incident by a change of one object, each with its plan. */
@NullMarked
package io.meshwright.incident.mending;

import org.jspecify.annotations.NullMarked;
