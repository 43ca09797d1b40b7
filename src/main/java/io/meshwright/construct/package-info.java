/** The building blocks of a platform: what a team composes in a stack of its own. Nothing here knows environments. */
@NullMarked
package io.meshwright.construct;

import org.jspecify.annotations.NullMarked;
