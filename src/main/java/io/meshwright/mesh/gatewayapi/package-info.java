/** Gateways, ListenerSets and routes of the Gateway API, translated to Istio's own as istiod does it. */
@NullMarked
package io.meshwright.mesh.gatewayapi;

import org.jspecify.annotations.NullMarked;
