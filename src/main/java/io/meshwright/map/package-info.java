/** Draws a mesh as a page for a browser, before it exists. */
@NullMarked
package io.meshwright.map;

import org.jspecify.annotations.NullMarked;
