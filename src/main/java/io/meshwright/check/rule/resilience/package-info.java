/** Rules for what a route injects, tries again and cuts off. */
@NullMarked
package io.meshwright.check.rule.resilience;

import org.jspecify.annotations.NullMarked;
