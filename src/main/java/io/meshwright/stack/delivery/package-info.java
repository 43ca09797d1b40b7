/** Stacks of whoever brings an environment to its cluster: what Argo CD begins with, Flux's objects, steps by hand. */
@NullMarked
package io.meshwright.stack.delivery;

import org.jspecify.annotations.NullMarked;
