/** The effects of EnvoyFilters on requests, as far as their patches are known. */
@NullMarked
package io.meshwright.mesh.extension;

import org.jspecify.annotations.NullMarked;
