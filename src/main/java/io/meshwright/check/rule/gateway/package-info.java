/** Rules for Gateways, their certificates and the load balancers before them. */
package io.meshwright.check.rule.gateway;
