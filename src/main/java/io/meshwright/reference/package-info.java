/** The reference of the keys of environment files, as pages and as text. */
@NullMarked
package io.meshwright.reference;

import org.jspecify.annotations.NullMarked;
