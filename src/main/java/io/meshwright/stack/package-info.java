/** The charts, each one folder of {@code dist/<environment>/}; the only place where an environment meets constructs. */
@NullMarked
package io.meshwright.stack;

import org.jspecify.annotations.NullMarked;
