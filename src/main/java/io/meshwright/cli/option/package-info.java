/** Options of the command line, as values. */
@NullMarked
package io.meshwright.cli.option;

import org.jspecify.annotations.NullMarked;
