/**
 * The bounds of Gateways and HTTPRoutes of the Gateway API, and the order in which routes are tried; the same for files
 * and constructs.
 */
@NullMarked
package io.meshwright.value.gatewayapi;

import org.jspecify.annotations.NullMarked;
