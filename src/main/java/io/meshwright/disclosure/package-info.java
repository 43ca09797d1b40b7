/** Makes texts fit to be shown to a reader who is no person of the house, such as a language model. */
@NullMarked
package io.meshwright.disclosure;

import org.jspecify.annotations.NullMarked;
