/**
 * Objects that a team made with cdk8s-plus, as the constructs take it: read from what cdk8s renders, kept as it is, and
 * refused where it cannot be.
 */
@NullMarked
package io.meshwright.construct.plus;

import org.jspecify.annotations.NullMarked;
