/** Pods that are hardened by default: restricted security, probes, requests and limits, no token. */
@NullMarked
package io.meshwright.construct.pod;

import org.jspecify.annotations.NullMarked;
