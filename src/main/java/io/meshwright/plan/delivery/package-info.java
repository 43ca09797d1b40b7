/** What Argo CD and the API server do with a change: restarts, refusals, pruning. */
@NullMarked
package io.meshwright.plan.delivery;

import org.jspecify.annotations.NullMarked;
