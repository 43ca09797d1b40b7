/** Gateways, ListenerSets and routes of the Gateway API, translated to Istio's own as istiod does it. */
package io.meshwright.mesh.gatewayapi;
