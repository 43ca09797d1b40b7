/** Rules for routes of the Gateway API. */
@NullMarked
package io.meshwright.check.rule.gatewayapi;

import org.jspecify.annotations.NullMarked;
