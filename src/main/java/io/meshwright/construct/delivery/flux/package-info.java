/** Objects of Flux, by which it brings folders of Git and pinned charts to a cluster. */
@NullMarked
package io.meshwright.construct.delivery.flux;

import org.jspecify.annotations.NullMarked;
