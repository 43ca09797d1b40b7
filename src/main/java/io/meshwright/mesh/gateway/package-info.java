/** Istio's Gateways and Ingresses: the listeners that they open on gateway pods, and the routes behind them. */
@NullMarked
package io.meshwright.mesh.gateway;

import org.jspecify.annotations.NullMarked;
