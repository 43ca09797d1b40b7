/** Reads measured numbers against an environment file: proposals with their evidence, and what cannot be told. */
@NullMarked
package io.meshwright.advise;

import org.jspecify.annotations.NullMarked;
