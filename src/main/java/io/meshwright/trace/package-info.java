/** Follows one request through the manifests, from its sender to the pods that answer it. */
package io.meshwright.trace;
