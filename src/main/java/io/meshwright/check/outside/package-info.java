/** Paths that clients of the internet reach through gateways; nothing here finds anything wrong. */
@NullMarked
package io.meshwright.check.outside;

import org.jspecify.annotations.NullMarked;
