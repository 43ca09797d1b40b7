/** Tools that an assistant may call: they read files below fixed folders and does nothing else. */
@NullMarked
package io.meshwright.mcp.tool;

import org.jspecify.annotations.NullMarked;
