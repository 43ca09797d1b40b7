/** Rules for DestinationRules and their subsets. */
@NullMarked
package io.meshwright.check.rule.destination;

import org.jspecify.annotations.NullMarked;
