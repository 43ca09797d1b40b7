/** Explains from manifests why a request ended as somebody saw it. */
@NullMarked
package io.meshwright.incident;

import org.jspecify.annotations.NullMarked;
