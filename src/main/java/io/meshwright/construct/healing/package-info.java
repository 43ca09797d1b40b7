/** Constructs of self-healing: a process for each kind of action, with the rights of that action and no others. */
@NullMarked
package io.meshwright.construct.healing;

import org.jspecify.annotations.NullMarked;
