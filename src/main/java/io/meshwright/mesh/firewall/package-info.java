/** NetworkPolicies of Kubernetes, and which connections they admit. */
@NullMarked
package io.meshwright.mesh.firewall;

import org.jspecify.annotations.NullMarked;
