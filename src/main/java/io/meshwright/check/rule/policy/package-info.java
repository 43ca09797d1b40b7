/** Rules for every kind of object that selects pods or names a target. */
@NullMarked
package io.meshwright.check.rule.policy;

import org.jspecify.annotations.NullMarked;
