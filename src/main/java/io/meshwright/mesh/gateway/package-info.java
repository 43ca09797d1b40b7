/** Istio's Gateways and Ingresses: the listeners that they open on gateway pods, and the routes behind them. */
package io.meshwright.mesh.gateway;
