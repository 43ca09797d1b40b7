/** Environment files that the program writes for a person to go on with. */
@NullMarked
package io.meshwright.draft;

import org.jspecify.annotations.NullMarked;
