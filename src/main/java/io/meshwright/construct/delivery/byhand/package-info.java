/** What says how an environment is installed where no program delivers it: charts with their values, and the steps. */
@NullMarked
package io.meshwright.construct.delivery.byhand;

import org.jspecify.annotations.NullMarked;
