/** Rules for VirtualServices. */
@NullMarked
package io.meshwright.check.rule.route;

import org.jspecify.annotations.NullMarked;
