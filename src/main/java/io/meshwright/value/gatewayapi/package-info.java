/**
 * What Gateways and HTTPRoutes of the Gateway API cannot say, and the order in which they are tried; the same for files
 * and constructs.
 */
@NullMarked
package io.meshwright.value.gatewayapi;

import org.jspecify.annotations.NullMarked;
