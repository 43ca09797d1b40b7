/** Files and folders that commands and an assistant work on. */
@NullMarked
package io.meshwright.file;

import org.jspecify.annotations.NullMarked;
