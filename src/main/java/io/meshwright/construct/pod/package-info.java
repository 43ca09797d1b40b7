/** Pods that are hardened by default: restricted security, probes, requests and limits, no token. */
package io.meshwright.construct.pod;
