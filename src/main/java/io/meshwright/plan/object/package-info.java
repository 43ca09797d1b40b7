/** Objects that are added, changed, removed, renamed or moved. */
@NullMarked
package io.meshwright.plan.object;

import org.jspecify.annotations.NullMarked;
