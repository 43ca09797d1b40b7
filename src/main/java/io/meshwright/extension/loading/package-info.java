/** Finding extensions: by Java's service loader, on the class path and in the jars that a command line names. */
@NullMarked
package io.meshwright.extension.loading;

import org.jspecify.annotations.NullMarked;
