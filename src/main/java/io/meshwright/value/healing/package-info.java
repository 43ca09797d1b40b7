/** Self-healing: the closed list of actions, and the alerts that may start them. */
@NullMarked
package io.meshwright.value.healing;

import org.jspecify.annotations.NullMarked;
