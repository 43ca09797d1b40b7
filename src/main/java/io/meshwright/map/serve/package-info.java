/** Serves a map to a browser of the same machine. */
@NullMarked
package io.meshwright.map.serve;

import org.jspecify.annotations.NullMarked;
