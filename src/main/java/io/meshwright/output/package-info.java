/** dist: what Argo CD applies, replaced file by file and never left half written. */
@NullMarked
package io.meshwright.output;

import org.jspecify.annotations.NullMarked;
