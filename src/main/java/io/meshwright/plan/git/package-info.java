/** Manifests as they stand in a revision of a git repository. */
@NullMarked
package io.meshwright.plan.git;

import org.jspecify.annotations.NullMarked;
