/**
 * Records of what helps people to operate an environment and may be asked for below {@code aiOps}: models, who asks
 * them, who heals.
 */
@NullMarked
package io.meshwright.environment.aiops;

import org.jspecify.annotations.NullMarked;
