/**
 * How a platform reaches its cluster: Argo CD's objects, the charts that they install and what those charts are told.
 */
@NullMarked
package io.meshwright.construct.delivery;

import org.jspecify.annotations.NullMarked;
