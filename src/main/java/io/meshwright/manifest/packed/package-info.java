/** Values in few bytes, which are read in a fraction of the time that YAML takes. */
@NullMarked
package io.meshwright.manifest.packed;

import org.jspecify.annotations.NullMarked;
