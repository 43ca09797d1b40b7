/** The whole of monitoring as one Chart: what runs, what it may read, and who may speak to whom. */
@NullMarked
package io.meshwright.construct.observability;

import org.jspecify.annotations.NullMarked;
