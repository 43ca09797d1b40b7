/**
 * Sends a request for each route, host and rule of a mesh through {@code trace}, and tells which of them nobody can
 * want to end as they do.
 */
@NullMarked
package io.meshwright.sweep;

import org.jspecify.annotations.NullMarked;
