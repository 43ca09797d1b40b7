/** The places in which Argo CD finds what it delivers. */
@NullMarked
package io.meshwright.value.delivery;

import org.jspecify.annotations.NullMarked;
