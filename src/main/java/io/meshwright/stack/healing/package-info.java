/** Translates what an environment file says of self-healing into its processes and what Alertmanager sends them. */
@NullMarked
package io.meshwright.stack.healing;

import org.jspecify.annotations.NullMarked;
