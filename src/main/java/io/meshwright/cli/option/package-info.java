/** What options of a command line say. */
@NullMarked
package io.meshwright.cli.option;

import org.jspecify.annotations.NullMarked;
