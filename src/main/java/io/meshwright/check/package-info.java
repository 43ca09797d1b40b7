/**
 * Finds what is wrong with manifests: rules over what Istio makes of them, with a stable code each; no cdk8s, no Node,
 * no cluster.
 */
@NullMarked
package io.meshwright.check;

import org.jspecify.annotations.NullMarked;
