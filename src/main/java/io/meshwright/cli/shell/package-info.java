/** Completion for shells, and progress on terminals. */
@NullMarked
package io.meshwright.cli.shell;

import org.jspecify.annotations.NullMarked;
