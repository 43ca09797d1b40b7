/** Istio's security policies: mutual TLS between client and server, tokens, and authorization. */
package io.meshwright.mesh.policy;
