/** The compatibility table: which releases go with which Kubernetes and which Istio. */
@NullMarked
package io.meshwright.platform.release;

import org.jspecify.annotations.NullMarked;
