/**
 * Constructs for what a gateway's proxies do beyond Istio's own objects: patches of Envoy's configuration, on its pods
 * alone.
 */
@NullMarked
package io.meshwright.construct.edge;

import org.jspecify.annotations.NullMarked;
