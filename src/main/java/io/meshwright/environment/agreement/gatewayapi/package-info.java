/** Rules over gateways whose Gateway and routes are the Gateway API's: nothing that it cannot say is dropped. */
@NullMarked
package io.meshwright.environment.agreement.gatewayapi;

import org.jspecify.annotations.NullMarked;
