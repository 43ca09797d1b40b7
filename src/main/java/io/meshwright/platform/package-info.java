/**
 * Ground on which a cluster runs: load balancer, storage and zones, one file per platform; nothing else asks which
 * platform it is.
 */
@NullMarked
package io.meshwright.platform;

import org.jspecify.annotations.NullMarked;
