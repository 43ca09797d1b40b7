/** How a mesh comes from its Istio release to one that is supported, and what that changes for the manifests it has. */
@NullMarked
package io.meshwright.upgrade;

import org.jspecify.annotations.NullMarked;
