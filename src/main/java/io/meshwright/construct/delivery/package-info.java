/**
 * The objects by which Argo CD brings a platform to its cluster: projects, Applications and, for many clusters, fleets.
 */
@NullMarked
package io.meshwright.construct.delivery;

import org.jspecify.annotations.NullMarked;
