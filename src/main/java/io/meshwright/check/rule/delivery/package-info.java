/** Rules for Applications of Argo CD and for what they apply. */
@NullMarked
package io.meshwright.check.rule.delivery;

import org.jspecify.annotations.NullMarked;
