/** What shells and terminals get to know of the command line. */
@NullMarked
package io.meshwright.cli.shell;

import org.jspecify.annotations.NullMarked;
