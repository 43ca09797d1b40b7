/** Speaks the Model Context Protocol, so that any assistant asks the manifests instead of guessing. */
@NullMarked
package io.meshwright.mcp;

import org.jspecify.annotations.NullMarked;
