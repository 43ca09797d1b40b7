/** The environment file of one cluster as typed records; defaults and single-value rules live in their constructors. */
@NullMarked
package io.meshwright.environment;

import org.jspecify.annotations.NullMarked;
