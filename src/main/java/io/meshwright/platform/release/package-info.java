/** The compatibility table: which releases go with which Kubernetes and which Istio. */
package io.meshwright.platform.release;
