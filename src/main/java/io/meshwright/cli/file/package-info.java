/** Files and folders that commands work on. */
@NullMarked
package io.meshwright.cli.file;

import org.jspecify.annotations.NullMarked;
