/**
 * Stages that a request passes: load balancer, listener, filters, routes, clusters, network, each handing on to the
 * next.
 */
package io.meshwright.trace.stage;
