/** The words of a plan: a change, its rule and its risk. */
@NullMarked
package io.meshwright.plan.change;

import org.jspecify.annotations.NullMarked;
