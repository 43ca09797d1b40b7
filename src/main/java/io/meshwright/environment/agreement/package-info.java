/** Rules over several values of one environment file, a class each, and the reader that asks them all. */
@NullMarked
package io.meshwright.environment.agreement;

import org.jspecify.annotations.NullMarked;
