/** Rules for objects of every kind. */
@NullMarked
package io.meshwright.check.rule.object;

import org.jspecify.annotations.NullMarked;
