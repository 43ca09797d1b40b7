/** Rules over the gateway, its listeners, its certificates and what stands in front of it. */
@NullMarked
package io.meshwright.environment.agreement.gateway;

import org.jspecify.annotations.NullMarked;
