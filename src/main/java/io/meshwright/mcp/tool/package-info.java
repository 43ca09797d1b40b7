/** What an assistant may ask: it reads files below fixed folders and does nothing else. */
@NullMarked
package io.meshwright.mcp.tool;

import org.jspecify.annotations.NullMarked;
