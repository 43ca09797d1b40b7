/** Objects that say how an environment is installed which no program delivers: charts with their values, and steps. */
@NullMarked
package io.meshwright.construct.delivery.byhand;

import org.jspecify.annotations.NullMarked;
