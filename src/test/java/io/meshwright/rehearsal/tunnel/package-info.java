/** The wind tunnel: real Envoys run what istiod says to the proxies of a cluster, on loopback, and judge trace. */
package io.meshwright.rehearsal.tunnel;
