/** Translates what an environment file says of its monitoring into the words of the observability constructs. */
@NullMarked
package io.meshwright.stack.monitoring;

import org.jspecify.annotations.NullMarked;
