/** One of the two sides that a plan compares. */
@NullMarked
package io.meshwright.plan.side;

import org.jspecify.annotations.NullMarked;
