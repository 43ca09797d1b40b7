/**
 * The way of a mesh from its Istio release to one that is supported, and what that changes for the manifests it has.
 */
@NullMarked
package io.meshwright.upgrade;

import org.jspecify.annotations.NullMarked;
