/**
 * The Common Expression Language as the API server speaks it: with the functions that Kubernetes adds (kubernetes.io,
 * CEL in Kubernetes).
 */
@NullMarked
package io.meshwright.check.cel;

import org.jspecify.annotations.NullMarked;
