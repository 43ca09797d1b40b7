/** The answer to a request: the path that it takes, hop by hop, and the verdict at its end. */
@NullMarked
package io.meshwright.trace.answer;

import org.jspecify.annotations.NullMarked;
