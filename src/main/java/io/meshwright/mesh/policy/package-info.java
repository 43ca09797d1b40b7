/** Istio's security policies: mutual TLS between client and server, tokens, and authorization. */
@NullMarked
package io.meshwright.mesh.policy;

import org.jspecify.annotations.NullMarked;
