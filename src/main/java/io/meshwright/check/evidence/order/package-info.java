/** The order in which the rules of routes of the Gateway API are asked. */
@NullMarked
package io.meshwright.check.evidence.order;

import org.jspecify.annotations.NullMarked;
