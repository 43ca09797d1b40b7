/** The work of Argo CD and the API server on a change: restarts, refusals, pruning. */
@NullMarked
package io.meshwright.plan.delivery;

import org.jspecify.annotations.NullMarked;
