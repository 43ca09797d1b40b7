/** Rules for Gateways, their certificates and the load balancers before them. */
@NullMarked
package io.meshwright.check.rule.gateway;

import org.jspecify.annotations.NullMarked;
