/** Rules for VirtualServices and routes of the Gateway API. */
@NullMarked
package io.meshwright.check.rule.route;

import org.jspecify.annotations.NullMarked;
