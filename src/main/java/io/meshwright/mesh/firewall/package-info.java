/** NetworkPolicies of Kubernetes, and which connections they admit. */
package io.meshwright.mesh.firewall;
