/** The commands: the only place that reads the process's environment variables and prints. */
@NullMarked
package io.meshwright.cli;

import org.jspecify.annotations.NullMarked;
