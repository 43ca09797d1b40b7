/** From one typed environment file per cluster to the manifests of a complete Istio platform. */
@NullMarked
package io.meshwright;

import org.jspecify.annotations.NullMarked;
