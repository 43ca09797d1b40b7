/** The places in which Argo CD and Flux find what they deliver, and names of Flux. */
@NullMarked
package io.meshwright.value.delivery;

import org.jspecify.annotations.NullMarked;
