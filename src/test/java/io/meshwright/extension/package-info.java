/** Extensions as a team has them: compiled by themselves, in a jar that the program did not know when it was built. */
@NullMarked
package io.meshwright.extension;

import org.jspecify.annotations.NullMarked;
