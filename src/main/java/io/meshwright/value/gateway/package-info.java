/** Listeners of a gateway and the certificates that they show. */
@NullMarked
package io.meshwright.value.gateway;

import org.jspecify.annotations.NullMarked;
