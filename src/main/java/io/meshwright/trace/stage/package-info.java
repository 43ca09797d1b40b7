/**
 * Stages that a request passes: load balancer, listener, filters, routes, clusters, network, each handing on to the
 * next.
 */
@NullMarked
package io.meshwright.trace.stage;

import org.jspecify.annotations.NullMarked;
